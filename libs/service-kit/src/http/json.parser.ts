import { MalformedRequest } from '@gatehouse/contracts';
import secureJson from 'secure-json-parse';

/** Deeper than any body here is, and far from where recursive code runs out of stack. */
const MAX_DEPTH = 32;

/**
 * Parses a JSON body. Members that would reach a prototype are left out, as all unknown ones are ignored.
 *
 * @throws MalformedRequest for what is not JSON or is nested too deep; the text itself, which may hold a password, is
 *   never repeated
 */
export function parseJson(text: string): unknown {
  if (text.trim() === '') throw new MalformedRequest('The body is empty, though its type says JSON.');
  if (isDeeperThan(MAX_DEPTH, text)) {
    throw new MalformedRequest(`The body is nested deeper than ${MAX_DEPTH} levels.`);
  }
  try {
    return secureJson.parse(text, { protoAction: 'remove', constructorAction: 'remove' });
  } catch {
    throw new MalformedRequest('The body is not valid JSON.');
  }
}

function isDeeperThan(limit: number, text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (quoted && character === '\\') index += 1;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && (character === '{' || character === '[')) depth += 1;
    else if (!quoted && (character === '}' || character === ']')) depth -= 1;
    if (depth > limit) return true;
  }
  return false;
}
