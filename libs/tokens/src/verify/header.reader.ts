import { bytesOf, jsonOf } from './compact.token.js';
import { HEADER_CHECKS } from './header.checks.js';
import { InvalidToken } from './invalid-token.error.js';
import type { JsonObject } from './strict.json.js';

/**
 * Reads headers of tokens. Those of one issuer and key have the same header, letter for letter: the one that was
 * accepted last is known by its text, and is neither decoded nor checked again.
 */
export class HeaderReader {
  private accepted: { readonly text: string; readonly header: JsonObject } | undefined;

  /**
   * The header, once it is what that of an access token must be.
   *
   * @throws InvalidToken
   */
  read(text: string): JsonObject {
    if (text !== this.accepted?.text) this.accepted = { text, header: checked(text) };
    return this.accepted.header;
  }
}

function checked(text: string): JsonObject {
  const header = jsonOf(bytesOf(text, 'header'), 'header');
  for (const [reason, holds] of HEADER_CHECKS) if (!holds(header)) throw new InvalidToken(reason);
  return header;
}
