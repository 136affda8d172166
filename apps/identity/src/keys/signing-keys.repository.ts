import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { Database, StartFailure } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import { IsNull, LessThan, type EntityManager } from 'typeorm';
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

  /** Every key that was not purged, in order of generation. */
  findAll(manager = this.database.manager): Promise<SigningKey[]> {
    return manager.find(SigningKey, { order: { generation: 'ASC' } });
  }

  /** As {@link findAll}; whoever else means to change one waits until the transaction ends. */
  async hold(manager: EntityManager): Promise<SigningKey[]> {
    await manager.update(SigningKey, { retiredAt: IsNull() }, { retiredAt: null });
    return this.findAll(manager);
  }

  /** Every key that was not retired, opened, in order of generation; one that is in `known` already is not opened again. */
  async load(known: ReadonlyMap<string, RingKey>): Promise<RingKey[]> {
    const rows = (await this.findAll()).filter(({ retiredAt }) => !retiredAt);
    return rows.map((row) => this.ringKeyOf(row, known.get(row.kid)));
  }

  /** Adds the first two generations. Of replicas that do so at once, their unique numbers let one succeed. */
  async addFirst(manager: EntityManager, [signer, next]: readonly [KeyPair, KeyPair]): Promise<void> {
    await insertUnlessTaken(manager, SigningKey, this.rowOf(signer, 1, new Date()));
    await insertUnlessTaken(manager, SigningKey, this.rowOf(next, 2, null));
  }

  /** Adds a generation that waits, to keys that are held. */
  async add(manager: EntityManager, pair: KeyPair): Promise<SigningKey> {
    const generation = (await manager.maximum(SigningKey, 'generation'))! + 1;
    const row = this.rowOf(pair, generation, null);
    await manager.insert(SigningKey, row);
    return row;
  }

  async update(manager: EntityManager, key: SigningKey, changes: Partial<SigningKey>): Promise<void> {
    await manager.update(SigningKey, { kid: key.kid }, changes);
    Object.assign(key, changes);
  }

  /** Deletes what has been of no use since then. */
  async purge(manager: EntityManager, since: Date): Promise<void> {
    await manager.delete(SigningKey, { expiresAt: LessThan(since) });
    await manager.delete(SigningKey, { retiredAt: LessThan(since) });
  }

  private rowOf({ privateKey, ...pair }: KeyPair, generation: number, activatesAt: Date | null): SigningKey {
    return {
      ...pair,
      generation,
      activatesAt,
      sealedPrivateKey: this.box.seal(privateKey, pair.kid),
      createdAt: new Date(),
      expiresAt: null,
      retiredAt: null,
    };
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
