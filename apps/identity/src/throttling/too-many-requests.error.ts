import { DomainError } from '@gatehouse/contracts';
import { type Allowance, allowanceHeaders } from './allowance.js';

/** Somebody has tried too often. Says when to try again (RFC 6585 §4), and nothing of what was tried. */
export class TooManyRequests extends DomainError {
  readonly code = 'too_many_requests';
  override readonly headers: Readonly<Record<string, string>>;

  /**
   * @param limit what there was too much of, in one word
   * @param isFirst whether there was still some left the time before
   * @param allowance until when there is none
   */
  constructor(
    readonly limit: string,
    readonly isFirst: boolean,
    allowance: Allowance,
  ) {
    super('There were too many attempts. Try again later.');
    this.headers = { 'Retry-After': String(allowance.resetIn), ...allowanceHeaders(allowance) };
  }
}
