import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { ConfigurationError } from './configuration.error.js';
import { weaknessOf } from './secret.strength.js';
import type { ServiceConfig } from './service.config.js';
import { settingsOf, type SettingOptions } from './setting.decorator.js';
import { defaultText, givenText, type Environment } from './setting.reader.js';

/**
 * Reads a service's configuration from the environment, once, before anything else.
 *
 * @param Config the described class: see {@link Setting}
 * @param env where to read from; the process's own by default
 * @throws ConfigurationError that lists every mistake by the setting's name, with its remedy and never with its value
 */
export function loadConfig<T extends ServiceConfig>(Config: new () => T, env: Environment = process.env): T {
  const settings = settingsOf(Config);
  const mistakes = new Map<string, string>();
  const texts = new Map<string, string>();
  const production = env['NODE_ENV']?.trim() === 'production';
  for (const setting of settings.values()) {
    try {
      const text = givenText(setting, env) ?? defaultText(setting, production);
      if (text !== undefined) texts.set(setting.name, text);
    } catch (error) {
      mistakes.set(setting.name, (error as Error).message);
    }
  }
  const plain: Record<string, string> = {};
  for (const [property, setting] of settings) {
    const text = texts.get(setting.name) ?? (setting.sameAs && texts.get(setting.sameAs));
    if (text !== undefined) plain[property] = text;
    const weakness = production && setting.secret && text !== undefined && secretMistake(setting, text);
    if (weakness) mistakes.set(setting.name, weakness);
  }
  const config = plainToInstance(Config, plain);
  for (const error of validateSync(config)) {
    const setting = settings.get(error.property);
    if (!setting || mistakes.has(setting.name)) continue;
    mistakes.set(
      setting.name,
      plain[error.property] === undefined ? missing(setting) : invalid(error, setting),
    );
  }
  if (mistakes.size > 0) throw new ConfigurationError([...mistakes.values()]);
  return Object.freeze(config);
}

function missing({ name, describe, secret, sameAs }: SettingOptions): string {
  const how = secret ? `${name}, or ${name}_FILE to a file that holds it` : name;
  return `${name} is missing. Set ${how}${sameAs ? `, or set ${sameAs}` : ''}. ${describe}`;
}

function invalid(error: ValidationError, { name, describe }: SettingOptions): string {
  const sentences = Object.values(error.constraints ?? {}).map((message) =>
    message.replace(error.property, name),
  );
  return `${sentences.join('; ')}. ${describe}`;
}

function secretMistake({ name, developmentDefault, default: usual }: SettingOptions, text: string) {
  const weakness =
    text === developmentDefault || text === usual ? 'is the one for development' : weaknessOf(text);
  return (
    weakness && `${name} ${weakness}. Set it to a random one, such as \`openssl rand -base64 32\` prints.`
  );
}
