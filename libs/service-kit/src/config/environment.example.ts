import type { ServiceConfig } from './service.config.js';
import { settingsOf, type SettingOptions } from './setting.decorator.js';

/** The text of an `.env.example`: every setting of a configuration class, described, as it is where nothing is set. */
export function environmentExample(Config: new () => ServiceConfig): string {
  const head = `# Every setting of ${Config.name}. Copied to .env as it is, it changes nothing; the environment wins over it.\n`;
  return [head, ...[...settingsOf(Config).values()].map(block)].join('\n');
}

function block(setting: SettingOptions): string {
  const { name, describe, secret, developmentDefault, productionDefault, sameAs, example } = setting;
  const notes = [
    describe,
    sameAs && `As ${sameAs} where not set.`,
    productionDefault !== undefined && `In production by default ${productionDefault}.`,
    developmentDefault !== undefined && 'Required in production.',
    secret && `A secret: ${name}_FILE may name a file that holds it.`,
    example && `Such as ${example}.`,
  ];
  const value = developmentDefault ?? (productionDefault === undefined ? setting.default : undefined);
  const line = value === undefined ? `# ${name}=${setting.default ?? ''}` : `${name}=${value}`;
  return `# ${notes.filter(Boolean).join(' ')}\n${line}\n`;
}
