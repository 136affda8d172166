import { isUtf8 } from 'node:buffer';

/** A JSON object as it came, before anyone has looked at its members' types. */
export type JsonObject = Readonly<Record<string, unknown>>;

const MAXIMUM_DEPTH = 16;

/**
 * The object a JSON text holds, refused where parsers disagree about its meaning: bad UTF-8, deep nesting, a member
 * given twice (RFC 7515 §4, RFC 7519 §4 let a verifier refuse that; one that takes the last value can be fooled by
 * one that takes the first).
 *
 * @returns undefined when the text is refused
 */
export function strictJsonObject(bytes: Buffer): JsonObject | undefined {
  if (!isUtf8(bytes)) return undefined;
  const text = bytes.toString('utf8');
  const members = membersIn(text);
  if (members === undefined) return undefined;
  const value = parsed(text);
  return isObject(value) && memberCount(value) === members ? value : undefined;
}

/** How many members the text gives to its objects, by counting colons outside strings; undefined when nested too deep. */
function membersIn(text: string): number | undefined {
  let colons = 0;
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i];
    if (inString) {
      if (character === '\\') i += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === ':') colons += 1;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    if (depth > MAXIMUM_DEPTH) return undefined;
  }
  return colons;
}

/** How many members the parsed value has kept: fewer than the text gave where one was given twice. */
function memberCount(value: object): number {
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value)
    .filter((member) => typeof member === 'object' && member !== null)
    .reduce<number>((sum, member: object) => sum + memberCount(member), own);
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
