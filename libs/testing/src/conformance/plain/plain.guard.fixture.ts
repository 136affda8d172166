import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Flaw } from './flaws.fixture.js';
import type { PlainTokens } from './plain.tokens.fixture.js';
import { type Claims, type PlainVerifier, Refused } from './plain.verifier.fixture.js';

const invalidToken = () => new Refused(401, 'invalid_token');
const ambiguous = () => new Refused(400, 'invalid_request');

/** Says who is calling, or refuses: wire.md, "A guarded service", from top to bottom. */
export class PlainGuard {
  private readonly ofKeys = new Map<string, Claims>();

  constructor(
    private readonly verifier: PlainVerifier,
    private readonly tokens: PlainTokens,
    private readonly flaw: Flaw | undefined,
  ) {}

  async admit(request: FastifyRequest, scope: string): Promise<void> {
    if (request.method === 'HEAD' && this.flaw === 'HEAD is open') return;
    const claims = await this.caller(request);
    const granted = this.flaw === 'scope by substring' ? claims.scope : claims.scope.split(' ');
    if (!granted.includes(scope)) throw new Refused(403, 'insufficient_scope', scope);
  }

  private async caller(request: FastifyRequest): Promise<Claims> {
    const bearer = this.bearerOf(request);
    const cookie = this.cookieOf(request);
    const key = this.onlyOne(request, 'apikey');
    if (key !== undefined && request.headers.authorization === undefined && cookie !== undefined)
      throw ambiguous();
    if (key !== undefined) return this.byKey(key, bearer);
    if (bearer !== undefined) return this.byBearer(bearer, cookie);
    if (cookie === undefined || request.headers.authorization !== undefined)
      throw new Refused(401, 'unauthenticated');
    const claims = await this.verifier.verify(cookie);
    if (!this.isMeant(request, claims)) throw new Refused(403, 'csrf_failed');
    return claims;
  }

  private async byBearer(bearer: string, cookie: string | undefined): Promise<Claims> {
    if (this.flaw !== 'falls through to the cookie' || cookie === undefined)
      return this.verifier.verify(bearer);
    return this.verifier.verify(bearer).catch(() => this.verifier.verify(cookie));
  }

  private async byKey(key: string, bearer: string | undefined): Promise<Claims> {
    const remembered = this.ofKeys.get(key);
    if (remembered && this.flaw === 'ended API keys pass') return remembered;
    const token = await this.tokens.forKey(key);
    if (token === undefined) throw invalidToken();
    const owner = await this.verifier.verify(token);
    this.ofKeys.set(key, owner);
    if (bearer === undefined) return owner;
    const claims = await this.verifier.verify(bearer);
    if (claims.sub !== owner.sub && this.flaw !== 'any API key beside a bearer') throw invalidToken();
    return claims;
  }

  private bearerOf(request: FastifyRequest): string | undefined {
    const { authorization } = request.headers;
    const query = (request.query as Record<string, string | undefined>)['access_token'];
    if (authorization === undefined) return this.flaw === 'bearer from the query' ? query : undefined;
    if (this.flaw !== 'the first of two Authorization headers') this.onlyOne(request, 'authorization');
    const [, token] = /^bearer(?:$| +(.*)$)/i.exec(authorization) ?? [undefined, undefined];
    if (!/^bearer(\s|$)/i.test(authorization)) return undefined;
    if (/,\s*bearer\s/i.test(authorization) || query !== undefined) throw ambiguous();
    return token ?? '';
  }

  private cookieOf({ headers }: FastifyRequest): string | undefined {
    const pairs = (headers.cookie ?? '').split(/; */).filter((pair) => pair.startsWith('jwt='));
    if (pairs.length > 1 && headers.authorization === undefined) throw ambiguous();
    return pairs[0]?.slice(4);
  }

  private onlyOne({ raw, headers }: FastifyRequest, name: string): string | undefined {
    const times = raw.rawHeaders.filter((each, i) => i % 2 === 0 && each.toLowerCase() === name).length;
    if (times > 1) throw ambiguous();
    return headers[name] as string | undefined;
  }

  private isMeant({ method, headers, body }: FastifyRequest, { csrf_token }: Claims): boolean {
    if (['GET', 'HEAD', 'OPTIONS'].includes(method)) return true;
    if (method === 'PUT' && this.flaw === 'no CSRF check for PUT') return true;
    const field = (body as Record<string, unknown> | null | undefined)?.['authenticity_token'];
    const sent = [headers['x-csrf-token'], headers['x-xsrf-token'], field].filter(
      (value) => value !== undefined,
    );
    const planted = /XSRF-TOKEN=([^;]*)/.exec(headers.cookie ?? '')?.[1];
    const claimed = (this.flaw === 'CSRF value from the cookie' ? planted : undefined) ?? csrf_token ?? '';
    if (sent.length !== 1 || (claimed === '' && this.flaw !== 'CSRF value may be empty')) return false;
    const [one, other] = [Buffer.from(sent[0] as string), Buffer.from(claimed)];
    return one.length === other.length && timingSafeEqual(one, other);
  }
}
