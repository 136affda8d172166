import { DomainError } from '@gatehouse/contracts';

/** Somebody has tried too often. Says when to try again (RFC 6585 §4), and nothing of what was tried. */
export class TooManyRequests extends DomainError {
  readonly code = 'too_many_requests';
  override readonly headers: Readonly<Record<string, string>>;

  /** @param retryAfter in seconds */
  constructor(retryAfter: number) {
    super('There were too many attempts. Try again later.');
    this.headers = { 'Retry-After': String(retryAfter) };
  }
}
