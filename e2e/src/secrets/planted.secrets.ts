import { randomBytes } from 'node:crypto';

/** Every secret of a run, by what it is; each is like no other text. */
export class PlantedSecrets {
  readonly #secrets = new Map<string, string>();

  /** Makes a secret up. */
  make(what: string): string {
    return this.keep(what, `Planted-${randomBytes(18).toString('base64url')}`);
  }

  /** Keeps in mind a secret that somebody else has made. Of a token the signature alone makes it one. */
  keep(what: string, secret: string): string {
    if (secret.length < 16) throw new Error(`${what} is too short to be looked for`);
    this.#secrets.set(what, secret);
    if (/^ey[\w-]+\.[\w-]+\.[\w-]+$/.test(secret))
      this.#secrets.set(`signature of ${what}`, secret.split('.')[2]!);
    return secret;
  }

  get size(): number {
    return this.#secrets.size;
  }

  /** What of them a text holds, however it was encoded. */
  foundIn(text: string): string[] {
    return [...this.#secrets]
      .filter(([, secret]) => spellingsOf(secret).some((spelling) => text.includes(spelling)))
      .map(([what]) => what);
  }
}

function spellingsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [
    secret,
    encodeURIComponent(secret),
    bytes.toString('hex'),
    // Without what depends on the bytes that follow.
    bytes.toString('base64').replace(/.{0,2}=*$/, ''),
    bytes.toString('base64url').slice(0, -2),
  ];
}
