import type { SettingOptions, Settings } from './setting.decorator.js';

const MIN_LENGTH = 32;
const MIN_DISTINCT = 10;
const PLACEHOLDER = /change.?me|development|example|placeholder/i;

/**
 * What is wrong with secrets in production, by the setting's name, in a sentence without the secret: known, short,
 * uniform, made up, or another one's as well.
 */
export function weaknessesOf(
  settings: Settings,
  texts: Readonly<Record<string, string>>,
): Map<string, string> {
  const weaknesses = new Map<string, string>();
  const seen = new Map<string, string>();
  for (const [property, setting] of settings) {
    const secret = texts[property];
    if (!setting.secret || secret === undefined) continue;
    const flaw = flawOf(secret, setting) ?? twinFlaw(seen.get(secret));
    seen.set(secret, setting.name);
    if (flaw) weaknesses.set(setting.name, `${setting.name} ${flaw}. ${REMEDY}`);
  }
  return weaknesses;
}

const REMEDY = 'Set it to a random one, such as `openssl rand -base64 32` prints.';

function flawOf(secret: string, { developmentDefault, default: usual }: SettingOptions): string | undefined {
  if ([developmentDefault, usual].includes(secret)) return 'is the one that development uses';
  if (secret.length < MIN_LENGTH) return `is shorter than ${MIN_LENGTH} characters`;
  if (new Set(secret).size < MIN_DISTINCT) return 'is made of too few different characters';
  if (PLACEHOLDER.test(secret)) return 'is a placeholder';
  return undefined;
}

/** One secret for two purposes: who learns the one has the other. */
function twinFlaw(twin: string | undefined): string | undefined {
  return twin && `is the same as ${twin}`;
}
