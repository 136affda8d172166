import { newOpaqueToken } from '../../secrets/opaque.token.js';

const SHOWN_CHARACTERS = 12;

/** A key nobody can guess. It says what it is, so that scanners for leaked secrets know it when they see it. */
export function newApiKey(): string {
  return `ghk_${newOpaqueToken()}`;
}

/** How a key begins: enough to tell it from others, and 208 bits too few to use it. */
export function prefixOf(key: string): string {
  return key.slice(0, SHOWN_CHARACTERS);
}
