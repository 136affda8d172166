import 'reflect-metadata';

/** How one property of a configuration class is read from the environment. */
export interface SettingOptions {
  /** Name of the environment variable. Its value may also come from the file that `<name>_FILE` names. */
  name: string;
  /** One sentence that says what it is for. */
  describe: string;
  /** Used where nothing is set. */
  default?: string;
  /** Used in production instead of `default`. */
  productionDefault?: string;
  /** Used where nothing is set, outside production alone: in production the setting has to be given. */
  developmentDefault?: string;
  /** Name of the setting whose value this one takes where nothing is set. */
  sameAs?: string;
  /** What blank stands for, where that is something else than not given. */
  blank?: string;
  /** A secret: in production it must be long and random, and not the development default. */
  secret?: boolean;
  /** Shown in the example file where there is no default. */
  example?: string;
}

const SETTINGS = Symbol('gatehouse:settings');

/** Settings of a configuration class by property, those of its ancestors first. */
export type Settings = ReadonlyMap<string, SettingOptions>;

/**
 * Reads the property from an environment variable. Its validity is said by class-validator's decorators beside it, its
 * type by class-transformer's (the environment knows strings alone).
 *
 * @example
 * class ArticlesConfig extends ServiceConfig {
 *   @Setting({ name: 'PAGE_SIZE', describe: 'Articles on one page.', default: '50' })
 *   @Type(() => Number)
 *   @IsInt()
 *   pageSize!: number;
 * }
 */
export function Setting(options: SettingOptions): PropertyDecorator {
  return (prototype, property) => {
    const settings = new Map(settingsOfPrototype(prototype)).set(String(property), options);
    Reflect.defineMetadata(SETTINGS, settings, prototype);
  };
}

/** Every setting of a configuration class and of the classes it extends. */
export function settingsOf(Config: new () => object): Settings {
  return settingsOfPrototype(Config.prototype as object);
}

function settingsOfPrototype(prototype: object): Settings {
  return (Reflect.getMetadata(SETTINGS, prototype) as Settings | undefined) ?? new Map();
}
