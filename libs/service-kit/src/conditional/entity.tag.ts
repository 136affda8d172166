/** A tag that changes with every byte of what it stands for (RFC 9110 §8.8.3). */
export function strongTag(opaque: string): string {
  return `"${opaque}"`;
}

/** A tag that changes with the meaning of what it stands for. */
export function weakTag(opaque: string): string {
  return `W/"${opaque}"`;
}

const ENTITY_TAG = /(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"/g;

/** The entity tags in an `If-Match` or `If-None-Match`; what is no entity tag in it matches nothing. */
export function tagsIn(header: string): string[] {
  return header.match(ENTITY_TAG) ?? [];
}

/** Both are strong, and the same (RFC 9110 §8.8.3.2). */
export function matchesStrongly(a: string, b: string): boolean {
  return a === b && !a.startsWith('W/');
}

/** The same but for being weak or strong (RFC 9110 §8.8.3.2). */
export function matchesWeakly(a: string, b: string): boolean {
  return a.replace(/^W\//, '') === b.replace(/^W\//, '');
}
