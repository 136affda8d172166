import { readFileSync } from 'node:fs';
import type { SettingOptions, Settings } from './setting.decorator.js';

/** The environment as `process.env` gives it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What the environment says, still as texts. */
export interface ReadSettings {
  /** By property; without those that were neither given nor have a default. */
  texts: Record<string, string>;
  /** The setting that another one took its text from, or its absence, by the name of the other. */
  sources: Map<string, string>;
  /** A sentence for each setting that cannot be read, by its name. */
  mistakes: Map<string, string>;
}

/** Reads each setting from the environment, from the file that `<name>_FILE` names, or takes its default. */
export function readSettings(settings: Settings, env: Environment): ReadSettings {
  const production = env['NODE_ENV']?.trim() === 'production';
  const mistakes = new Map<string, string>();
  const named = new Map<string, string | undefined>();
  for (const setting of settings.values()) {
    try {
      named.set(setting.name, givenText(setting, env) ?? defaultText(setting, production));
    } catch (error) {
      mistakes.set(setting.name, (error as Error).message);
    }
  }
  const texts: Record<string, string> = {};
  const sources = new Map<string, string>();
  for (const [property, { name, sameAs }] of settings) {
    const own = named.get(name);
    const text = own ?? (sameAs && named.get(sameAs));
    if (text !== undefined) texts[property] = text;
    if (own === undefined && sameAs) sources.set(name, sameAs);
  }
  return { texts, sources, mistakes };
}

/** Blank is not given, as a rule: that is how a variable is unset in many a compose file. */
function givenText({ name, blank }: SettingOptions, env: Environment): string | undefined {
  const text = env[name]?.trim() || undefined;
  const file = env[`${name}_FILE`]?.trim();
  if (!file) return text ?? (env[name] === undefined ? undefined : blank);
  if (text) throw new Error(`${name} and ${name}_FILE are both set. Remove one of them.`);
  return contentOf(file, name);
}

function defaultText(setting: SettingOptions, production: boolean): string | undefined {
  return production
    ? (setting.productionDefault ?? setting.default)
    : (setting.developmentDefault ?? setting.default);
}

function contentOf(file: string, name: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim() || undefined;
  } catch (cause) {
    throw new Error(`${name}_FILE names a file that cannot be read. Correct its path or its permissions.`, {
      cause,
    });
  }
}
