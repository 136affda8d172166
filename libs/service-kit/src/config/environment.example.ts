import type { ServiceConfig } from './service.config.js';
import { settingsOf, type SettingOptions } from './setting.decorator.js';

/** The text of an `.env.example`: every setting of a configuration class, described, with its default. */
export function environmentExample(Config: new () => ServiceConfig): string {
  const blocks = [...settingsOf(Config).values()].map(block);
  return `# Generated from ${Config.name}. Copy it to .env and change what you need; the environment itself wins over it.\n\n${blocks.join('\n')}`;
}

function block(setting: SettingOptions): string {
  const { name, describe, secret, developmentDefault, sameAs } = setting;
  const notes = [
    describe,
    ...(developmentDefault === undefined ? [] : ['Required in production.']),
    ...(sameAs ? [`Where it is not set: ${sameAs}.`] : []),
    ...(secret ? [`A secret; ${name}_FILE may name a file that holds it.`] : []),
  ];
  const value = developmentDefault ?? setting.default ?? setting.example ?? '';
  return `# ${notes.join(' ')}\n# ${name}=${value}\n`;
}
