import { PreconditionFailed } from '@gatehouse/contracts';
import { matchesStrongly, matchesWeakly, tagsIn } from './entity.tag.js';

/** The headers that make a request conditional. */
export interface ConditionalHeaders {
  'if-match'?: string | undefined;
  'if-none-match'?: string | undefined;
}

/** Under which conditions a request is to be carried out (RFC 9110 §13). */
export class Preconditions {
  private readonly ifMatch: string | undefined;
  private readonly ifNoneMatch: string | undefined;

  constructor(headers: ConditionalHeaders) {
    this.ifMatch = headers['if-match']?.trim();
    this.ifNoneMatch = headers['if-none-match']?.trim();
  }

  /** Whether there are any. */
  get given(): boolean {
    return this.ifMatch !== undefined || this.ifNoneMatch !== undefined;
  }

  /** They hold for one state of the resource and no other, so that a write has to find it in that state. */
  get bindState(): boolean {
    return this.ifMatch !== undefined && this.ifMatch !== '*';
  }

  /** Whether the requester has the very thing already: a GET or HEAD is then answered 304 (RFC 9110 §13.1.2). */
  alreadyHas(tag: string): boolean {
    const given = this.ifNoneMatch;
    return given !== undefined && (given === '*' || tagsIn(given).some((one) => matchesWeakly(one, tag)));
  }

  /** @throws PreconditionFailed when the state to be written to, of that tag, is not the one that was meant */
  assertMet(tag: string): void {
    this.assertMatch(tag);
    if (this.alreadyHas(tag)) throw new PreconditionFailed('The resource is in a state that was ruled out.');
  }

  /** The part of {@link assertMet} that holds for reading as well (RFC 9110 §13.1.1). */
  assertMatch(tag: string): void {
    const given = this.ifMatch;
    if (given === undefined || given === '*') return;
    if (!tagsIn(given).some((one) => matchesStrongly(one, tag))) throw new PreconditionFailed();
  }
}
