import { readFileSync } from 'node:fs';
import type { SettingOptions } from './setting.decorator.js';

/** The environment as `process.env` gives it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A setting's text as it was given: in the environment, or in the file that `<name>_FILE` names. Blank is not given. */
export function givenText({ name }: SettingOptions, env: Environment): string | undefined {
  const text = env[name]?.trim() || undefined;
  const file = env[`${name}_FILE`]?.trim();
  if (!file) return text;
  if (text) throw new Error(`${name} and ${name}_FILE are both set. Remove one of them.`);
  return contentOf(file, name);
}

/** What stands in for a setting that was not given. */
export function defaultText(setting: SettingOptions, production: boolean): string | undefined {
  if (!production) return setting.developmentDefault ?? setting.default;
  return setting.productionDefault ?? setting.default;
}

function contentOf(file: string, name: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw new Error(`${name}_FILE names a file that cannot be read. Correct its path or its permissions.`, {
      cause,
    });
  }
}
