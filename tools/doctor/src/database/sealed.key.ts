import { createDecipheriv, hkdfSync } from 'node:crypto';

/**
 * Whether `secret` opens a private key that identity sealed: AES-256-GCM under HKDF-SHA-256, as
 * `apps/identity/src/secrets/secret.box.ts` writes it. Apps are known to nobody, so that it is said again here; the
 * table of faults holds both to it.
 */
export function opens(secret: string, sealed: string, kid: string): boolean {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'gatehouse signing keys', 32));
  const bytes = Buffer.from(sealed, 'base64url');
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 });
    decipher.setAAD(Buffer.from(kid));
    decipher.setAuthTag(bytes.subarray(12, 28));
    decipher.update(bytes.subarray(28));
    decipher.final();
    return true;
  } catch {
    return false; // Another secret sealed it, or it was changed.
  }
}
