import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { ConfigurationError } from './configuration.error.js';
import { rememberEnvironment } from './current.setting.js';
import { weaknessesOf } from './secret.strength.js';
import type { ServiceConfig } from './service.config.js';
import { settingsOf, type SettingOptions } from './setting.decorator.js';
import { readSettings, type Environment } from './setting.reader.js';

/**
 * Reads a service's configuration from the environment, once, before anything else.
 *
 * @param Config the described class: see {@link Setting}
 * @param env where to read from; the process's own by default
 * @throws ConfigurationError that lists every mistake by the setting's name, with its remedy and never with its value
 */
export function loadConfig<T extends ServiceConfig>(Config: new () => T, env: Environment = process.env): T {
  const settings = settingsOf(Config);
  const { texts, sources, mistakes } = readSettings(settings, env);
  const config = plainToInstance(Config, texts);
  for (const error of validateSync(config)) {
    const setting = settings.get(error.property);
    if (!setting || mistakes.has(setting.name)) continue;
    mistakes.set(
      setting.name,
      Object.hasOwn(texts, error.property) ? invalid(error, setting) : missing(setting),
    );
  }
  if (config.production) {
    for (const [name, weakness] of weaknessesOf(settings, texts)) {
      if (!mistakes.has(name)) mistakes.set(name, weakness);
    }
  }
  // One mistake is told once.
  for (const [name, source] of sources) if (mistakes.has(source)) mistakes.delete(name);
  if (mistakes.size > 0) throw new ConfigurationError([...mistakes.values()]);
  rememberEnvironment(config, env);
  return Object.freeze(config);
}

function missing({ name, describe, secret, sameAs }: SettingOptions): string {
  const how = secret ? `${name}, or ${name}_FILE to the path of a file that holds it` : name;
  return `${name} is missing. Set ${how}${sameAs ? `, or set ${sameAs}` : ''}. ${describe}`;
}

function invalid(
  { property, constraints = {} }: ValidationError,
  { name, describe }: SettingOptions,
): string {
  const sentences = Object.values(constraints).map((sentence) => sentence.replace(property, name));
  return `${sentences.join(', and ')}. ${describe}`;
}
