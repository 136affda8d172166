/** Shorter ones are in too many words. */
const SHORTEST_NAME = 3;
/** So many letters of one's own are something beside a name. */
const ENOUGH_LETTERS = 4;

const COMMON_PARTS = new Set(['http', 'https', 'www', 'com', 'org', 'net', 'mail']);

/** The names in an address or a URL that somebody would think of first, and the whole of its host or mailbox. */
export function namesIn(text: string): string[] {
  const parts = normalized(text).split(/[^\p{L}\p{N}]+/u);
  return parts.filter((part) => part.length >= SHORTEST_NAME && !COMMON_PARTS.has(part));
}

/** Whether a password is one or more of the names, with little beside them: digits and signs count for nothing. */
export function isMadeOf(password: string, names: readonly string[]): boolean {
  let rest = normalized(password);
  for (const name of [...names].sort((one, other) => other.length - one.length))
    rest = rest.replaceAll(name, ' ');
  const letters = rest.match(/\p{L}/gu) ?? [];
  return rest !== normalized(password) && letters.length < ENOUGH_LETTERS;
}

function normalized(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
