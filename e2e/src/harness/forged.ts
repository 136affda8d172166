import { generateKeyPairSync, sign } from 'node:crypto';

const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

/** The same token, down to its key id, but signed by somebody else's key. */
export function foreign(token: string): string {
  const signed = token.split('.').slice(0, 2).join('.');
  const signature = sign('sha256', Buffer.from(signed), { key: stranger, dsaEncoding: 'ieee-p1363' });
  return `${signed}.${signature.toString('base64url')}`;
}

/** The same token with other claims and the signature it had. */
export function tampered(token: string, claims: object): string {
  const [header, payload, signature] = token.split('.') as [string, string, string];
  const own = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
  return [header, encode({ ...own, ...claims }), signature].join('.');
}

/** The same claims with `alg: none`, unsigned (RFC 8725 §2.1). */
export function unsigned(token: string): string {
  return [encode({ alg: 'none', typ: 'at+jwt' }), token.split('.')[1], ''].join('.');
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
