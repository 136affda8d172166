import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { Database, StartFailure } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import { IsNull, type EntityManager } from 'typeorm';
import { insertUnlessTaken } from '../database/insertion.js';
import { IdentityConfig } from '../identity.config.js';
import { SealBroken, SecretBox } from '../secrets/secret.box.js';
import type { KeyPair } from './key.generator.js';
import type { RingKey } from './ring.key.js';
import { SigningKey } from './signing-key.entity.js';

/** Keeps the signing keys; the private halves encrypted (AES-256-GCM under KEY_ENCRYPTION_KEY). */
@Injectable()
export class SigningKeysRepository {
  private readonly box: SecretBox;

  constructor(
    private readonly database: Database,
    config: IdentityConfig,
  ) {
    this.box = new SecretBox(config.keyEncryptionKey, 'signing keys');
  }

  /** Every key there ever was, in order of generation. */
  findAll(): Promise<SigningKey[]> {
    return this.database.manager.find(SigningKey, { order: { generation: 'ASC' } });
  }

  /** Every key that was not retired, opened; one that is in `known` already is not opened again. */
  async load(known: ReadonlyMap<string, RingKey>): Promise<RingKey[]> {
    const rows = await this.database.manager.findBy(SigningKey, { retiredAt: IsNull() });
    return rows.map((row) => this.ringKeyOf(row, known.get(row.kid)));
  }

  /** Adds a generation; says false when another replica has just added that one. */
  add(
    manager: EntityManager,
    { privateKey, ...pair }: KeyPair,
    { generation, activatesAt }: Pick<SigningKey, 'generation' | 'activatesAt'>,
  ): Promise<boolean> {
    return insertUnlessTaken(manager, SigningKey, {
      ...pair,
      generation,
      activatesAt,
      sealedPrivateKey: this.box.seal(privateKey, pair.kid),
      createdAt: new Date(),
      expiresAt: null,
      retiredAt: null,
    });
  }

  private ringKeyOf(row: SigningKey, known?: RingKey): RingKey {
    const { kid, algorithm, generation, publicJwk } = row;
    return {
      kid,
      algorithm,
      generation,
      publicJwk,
      key: known?.key ?? createPublicKey({ key: publicJwk, format: 'jwk' }),
      privateKey: known?.privateKey ?? this.openPrivateKey(row),
      activatesAt: row.activatesAt?.getTime() ?? Infinity,
      expiresAt: row.expiresAt?.getTime() ?? Infinity,
    };
  }

  private openPrivateKey({ kid, sealedPrivateKey }: SigningKey): KeyObject {
    try {
      return createPrivateKey({ key: this.box.open(sealedPrivateKey, kid), format: 'der', type: 'pkcs8' });
    } catch (error) {
      if (!(error instanceof SealBroken)) throw error;
      throw new StartFailure(
        'The signing keys in the database were encrypted under another KEY_ENCRYPTION_KEY. Set the one they were made with.',
        { cause: error },
      );
    }
  }
}
