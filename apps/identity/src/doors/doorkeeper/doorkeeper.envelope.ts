import type { DoorkeeperEnvelope, Locale } from '@gatehouse/contracts';
import { MESSAGES, type ResponseCode } from './doorkeeper.messages.js';

/** A code with its sentence. */
export function envelope(code: ResponseCode, locale: Locale): DoorkeeperEnvelope {
  return { response_code: code, response_message: MESSAGES[code][locale] };
}
