import type { SettingOptions } from './setting.decorator.js';

const MIN_LENGTH = 32;
const MIN_DISTINCT = 10;
const PLACEHOLDER = /change.?me|development|example|placeholder/i;

/** What is wrong with a secret in production, in a sentence without the secret: known, short, uniform or made up. */
export function weaknessOf(setting: SettingOptions, secret: string | undefined): string | undefined {
  if (secret === undefined) return undefined;
  const weakness = flawOf(secret, [setting.developmentDefault, setting.default]);
  return (
    weakness &&
    `${setting.name} ${weakness}. Set it to a random one, such as \`openssl rand -base64 32\` prints.`
  );
}

function flawOf(secret: string, known: readonly (string | undefined)[]): string | undefined {
  if (known.includes(secret)) return 'is the one that development uses';
  if (secret.length < MIN_LENGTH) return `is shorter than ${MIN_LENGTH} characters`;
  if (new Set(secret).size < MIN_DISTINCT) return 'is made of too few different characters';
  if (PLACEHOLDER.test(secret)) return 'is a placeholder';
  return undefined;
}
