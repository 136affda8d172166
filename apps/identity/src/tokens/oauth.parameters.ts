import { OAuthError } from './oauth.error.js';

/** The parameters of a request to `/oauth/*`, from a form or a JSON object. */
export class OAuthParameters {
  private readonly members: Readonly<Record<string, unknown>>;

  constructor(body: unknown) {
    const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
    this.members = isObject ? { ...body } : {};
  }

  /** RFC 6749 §3.2: one without a value counts as left out, one that is repeated is an error. */
  get(name: string): string | undefined {
    const value = Object.hasOwn(this.members, name) ? this.members[name] : undefined;
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value === 'string' && value.isWellFormed()) return value;
    const complaint = Array.isArray(value) ? 'was sent more than once' : 'must be a text';
    throw new OAuthError('invalid_request', `The parameter ${name} ${complaint}.`);
  }

  require(name: string): string {
    const value = this.get(name);
    if (value === undefined) throw new OAuthError('invalid_request', `The parameter ${name} is missing.`);
    return value;
  }

  /** Of the few parameters that may be repeated (RFC 8707 §2, RFC 8693 §2.1). */
  list(name: string): string[] {
    const value = this.members[name];
    if (!Array.isArray(value)) return [this.get(name)].filter((one) => one !== undefined);
    if (value.every((one) => typeof one === 'string')) return [...new Set(value.filter((one) => one !== ''))];
    throw new OAuthError('invalid_request', `The parameter ${name} must be a text.`);
  }
}
