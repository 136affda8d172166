import { createHmac, createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { Flaw } from './flaws.fixture.js';
import type { PlainFeed } from './plain.feed.fixture.js';
import type { PlainKeys } from './plain.keys.fixture.js';

export type Claims = Record<string, unknown> & {
  sub: string;
  exp: number;
  scope: string;
  csrf_token?: string;
};

/** Why a request is refused. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    reason = '',
  ) {
    super(reason);
  }
}
const invalid = (reason: string) => new Refused(401, 'invalid_token', reason);

/** What the verifier goes by. */
export interface VerifierParts {
  issuer: string;
  audience: string;
  keys: PlainKeys;
  feed: PlainFeed;
  flaw?: Flaw | undefined;
}

/** RFC 9068 §4 by hand, on node:crypto alone: one check a line. */
export class PlainVerifier {
  private readonly remembered = new Map<string, { claims: Claims; kid: string }>();

  constructor(private readonly parts: VerifierParts) {}

  async verify(token: string): Promise<Claims> {
    const { feed, flaw } = this.parts;
    if (!feed.current && flaw !== 'passes on a stale feed') throw new Refused(503, 'unavailable');
    const known = this.remembered.get(token);
    if (known && flaw === 'remembers beyond exp') return known.claims;
    const { header, claims, kid } = await this.opened(token);
    this.checkHeader(header);
    this.checkClaims(claims);
    if (feed.covers(claims, kid)) throw invalid('revoked');
    this.remembered.set(token, { claims, kid });
    return claims;
  }

  private async opened(token: string): Promise<{ header: Claims; claims: Claims; kid: string }> {
    const { flaw, keys } = this.parts;
    if (token.length > 8_000 && flaw !== 'no bound to the size') throw invalid('too long');
    const [h = '', p = '', s = '', ...more] = token.split('.');
    if (more.length > 0) throw invalid('parts');
    const header = this.json(h);
    const kid = String(header['kid']);
    if (flaw === 'decodes without verifying') return { header, claims: this.json(p), kid };
    if (flaw === 'none accepted' && header['alg'] === 'none' && s === '')
      return { header, claims: this.json(p), kid };
    if (typeof header['kid'] !== 'string' || kid === '') throw invalid('kid');
    const key =
      flaw === 'jku followed' && header['jku']
        ? await keys.at(header['jku'] as string, kid)
        : await keys.find(kid);
    if (!key) throw invalid('unknown kid');
    if (!this.isSigned(`${h}.${p}`, this.bytes(s), key, header['alg'])) throw invalid('signature');
    return { header, claims: this.json(p), kid };
  }

  private isSigned(input: string, signature: Buffer, key: KeyObject, alg: unknown): boolean {
    if (this.parts.flaw === 'alg from the header' && alg === 'HS256') {
      const secret = createPublicKey(key.export({ format: 'pem', type: 'spki' })).export({
        format: 'pem',
        type: 'spki',
      });
      return createHmac('sha256', secret).update(input).digest().equals(signature);
    }
    const expected = key.asymmetricKeyType === 'ec' ? 'ES256' : 'RS256';
    return (
      alg === expected && verify('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' }, signature)
    );
  }

  private checkHeader(header: Claims): void {
    const { flaw } = this.parts;
    const typ = String(header['typ']).toLowerCase();
    if (('crit' in header || 'b64' in header) && flaw !== 'crit ignored') throw invalid('crit');
    if (
      flaw !== 'no typ check' &&
      (typeof header['typ'] !== 'string' || !/^(application\/)?at\+jwt$/.test(typ))
    )
      throw invalid('typ');
  }

  private checkClaims(claims: Claims): void {
    const { issuer, audience, flaw } = this.parts;
    const { iss, aud, exp, iat, nbf, sub, jti, client_id, scope, roles, sid } = claims;
    const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
    const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
    const now = Date.now() / 1_000;
    const skew = flaw === 'five minutes of skew' ? 300 : 60;
    if (![sub, jti, client_id].every(isText) || typeof scope !== 'string') throw invalid('required');
    if (!Number.isFinite(exp) || !Number.isFinite(iat)) throw invalid('times');
    if (roles !== undefined && !isTexts(roles)) throw invalid('roles');
    if (sid !== undefined && !isText(sid)) throw invalid('sid');
    if (flaw !== 'no issuer check' && iss !== issuer) throw invalid('iss');
    const audiences: unknown[] = Array.isArray(aud) ? aud : [aud];
    if (flaw !== 'no audience check' && !audiences.includes(audience)) throw invalid('aud');
    if (now >= exp + skew) throw invalid('exp');
    if (flaw !== 'nbf ignored' && nbf !== undefined && !(typeof nbf === 'number' && nbf <= now + skew))
      throw invalid('nbf');
    if (flaw !== 'iat in the future' && (iat as number) > now + skew) throw invalid('iat');
  }

  private json(part: string): Claims {
    const text = new TextDecoder('utf8', { fatal: true, ignoreBOM: true });
    try {
      const source = text.decode(this.bytes(part));
      const value = JSON.parse(source) as Claims;
      if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid('object');
      if (this.parts.flaw !== 'duplicate members' && membersIn(source) !== countOf(value))
        throw invalid('duplicate');
      return value;
    } catch (error) {
      if (this.parts.flaw === '500 on garbage') throw error;
      throw error instanceof Refused ? error : invalid('json');
    }
  }

  private bytes(part: string): Buffer {
    const bytes = Buffer.from(part, 'base64url');
    const canonical = bytes.length > 0 && bytes.toString('base64url') === part;
    if (!canonical && this.parts.flaw !== 'lax base64') throw invalid('base64url');
    return bytes;
  }
}

/** Colons outside of texts: one for each member that was written. */
function membersIn(source: string): number {
  return source.replace(/"(?:[^"\\]|\\.)*"/g, '').split(':').length - 1;
}

/** Members that are left: fewer, where one was written twice. Deep nesting is refused by the way. */
function countOf(value: unknown, depth = 0): number {
  if (depth > 16) throw invalid('depth');
  if (typeof value !== 'object' || value === null) return 0;
  const members: unknown[] = Object.values(value);
  return members.reduce<number>(
    (sum, each) => sum + countOf(each, depth + 1),
    Array.isArray(value) ? 0 : members.length,
  );
}
