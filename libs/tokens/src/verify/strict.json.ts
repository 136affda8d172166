import { isUtf8 } from 'node:buffer';

/** A JSON object as it came, before anyone has looked at its members' types. */
export type JsonObject = Readonly<Record<string, unknown>>;

const MAXIMUM_DEPTH = 16;

// As bytes: none of them is part of another character in UTF-8.
const [QUOTE, BACKSLASH, COLON] = [0x22, 0x5c, 0x3a];
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [0x7b, 0x7d, 0x5b, 0x5d];

/**
 * The object a JSON text holds, refused where parsers disagree about its meaning: bad UTF-8, deep nesting, a member
 * given twice (RFC 7515 §4, RFC 7519 §4 let a verifier refuse that; one that takes the last value can be fooled by
 * one that takes the first).
 *
 * @returns undefined when the text is refused
 */
export function strictJsonObject(bytes: Buffer): JsonObject | undefined {
  if (!isUtf8(bytes)) return undefined;
  const members = membersIn(bytes);
  if (members === undefined) return undefined;
  const value = parsed(bytes.toString('utf8'));
  return isObject(value) && memberCount(value) === members ? value : undefined;
}

/** How many members the text gives to its objects, by counting colons outside strings; undefined when nested too deep. */
function membersIn(bytes: Buffer): number | undefined {
  let colons = 0;
  let depth = 0;
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i];
    if (byte === QUOTE) i = endOfString(bytes, i + 1);
    else if (byte === COLON) colons += 1;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth -= 1;
    if (depth > MAXIMUM_DEPTH) return undefined;
  }
  return colons;
}

/** Where the string ends that begins at `i`: at its closing quote. */
function endOfString(bytes: Buffer, i: number): number {
  while (i < bytes.length && bytes[i] !== QUOTE) i += bytes[i] === BACKSLASH ? 2 : 1;
  return i;
}

/** How many members the parsed value has kept: fewer than the text gave where one was given twice. */
function memberCount(value: object): number {
  const members: unknown[] = Object.values(value);
  let count = Array.isArray(value) ? 0 : members.length;
  for (const member of members) {
    if (typeof member === 'object' && member !== null) count += memberCount(member);
  }
  return count;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not JSON: the caller refuses it like the rest
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
