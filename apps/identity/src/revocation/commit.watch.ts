import { Injectable } from '@nestjs/common';
import type { DataSource, EntityManager, EntitySubscriberInterface, QueryRunner } from 'typeorm';

type Work = () => void;

/** Tells when a transaction has been committed: not before anybody else can see it, and never when it was undone. */
@Injectable()
export class CommitWatch implements EntitySubscriberInterface {
  private readonly watched = new WeakSet<DataSource>();
  private readonly waiting = new WeakMap<QueryRunner, Work[]>();

  /**
   * Runs `work` once the manager's transaction is committed, before whoever began it goes on. When it is undone, or
   * nobody knows how it ended, `work` is not run.
   */
  afterCommit({ dataSource, queryRunner }: EntityManager, work: Work): void {
    if (!queryRunner?.isTransactionActive)
      throw new Error('There is no transaction whose end could be waited for.');
    if (!this.watched.has(dataSource)) {
      this.watched.add(dataSource);
      dataSource.subscribers.push(this);
    }
    const works = this.waiting.get(queryRunner);
    if (works) works.push(work);
    else this.waiting.set(queryRunner, [work]);
  }

  /** Called by TypeORM, and for what is committed within a larger transaction as well. */
  afterTransactionCommit({ queryRunner }: { queryRunner: QueryRunner }): void {
    if (queryRunner.isTransactionActive) return;
    const works = this.waiting.get(queryRunner) ?? [];
    this.waiting.delete(queryRunner);
    for (const work of works) work();
  }

  /** Called by TypeORM. */
  afterTransactionRollback({ queryRunner }: { queryRunner: QueryRunner }): void {
    this.waiting.delete(queryRunner);
  }

  /** Called by TypeORM: whatever waited for an earlier transaction that nobody saw end waits in vain. */
  beforeTransactionStart({ queryRunner }: { queryRunner: QueryRunner }): void {
    if (!queryRunner.isTransactionActive) this.waiting.delete(queryRunner);
  }
}
