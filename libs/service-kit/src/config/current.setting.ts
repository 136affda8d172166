import type { ServiceConfig } from './service.config.js';
import { settingsOf } from './setting.decorator.js';
import { readSettings, type Environment } from './setting.reader.js';

/** Where each configuration was read from. */
const environments = new WeakMap<ServiceConfig, Environment>();

/** Keeps in mind where a configuration was read from, for {@link currentSetting}. */
export function rememberEnvironment(config: ServiceConfig, env: Environment): void {
  environments.set(config, env);
}

/**
 * A setting's text as it stands now: a secret in a file may be replaced while the service runs. One that cannot be
 * read at the moment is what it was at the start.
 *
 * @example
 * const client = { id: config.clientId, secret: () => currentSetting(config, 'clientSecret') };
 */
export function currentSetting<T extends ServiceConfig>(config: T, property: keyof T & string): string {
  const settings = settingsOf(config.constructor as new () => T);
  const setting = settings.get(property);
  const env = environments.get(config);
  const known = String(config[property]);
  if (!setting || !env) return known;
  return readSettings(new Map([[property, setting]]), env).texts[property] ?? known;
}
