const MIN_LENGTH = 32;
const MIN_DISTINCT = 10;
const PLACEHOLDER = /change.?me|development|example|placeholder/i;

/** What is wrong with a secret for production use, or undefined: guessable by length, by variety or by habit. */
export function weaknessOf(secret: string): string | undefined {
  if (secret.length < MIN_LENGTH) return `is shorter than ${MIN_LENGTH} characters`;
  if (new Set(secret).size < MIN_DISTINCT) return 'repeats too few characters';
  if (PLACEHOLDER.test(secret)) return 'is a placeholder';
  return undefined;
}
