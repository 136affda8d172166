import {
  accountOf,
  type ImportedAccount,
  type TransferTerms,
} from '../../accounts/transfer/account.record.js';
import { csvRecords } from '../../accounts/transfer/csv.records.js';
import type { FileRecord } from '../../accounts/transfer/file.record.js';
import { jsonRecords } from '../../accounts/transfer/json.records.js';
import { linesOf } from '../../accounts/transfer/lines.js';
import { FileRefused, RecordRefused } from '../../accounts/transfer/transfer.errors.js';
import { type Fate, UserImport } from '../../accounts/transfer/user.import.js';
import type { Desk } from '../operator.console.js';
import { ProgressBar } from '../progress.bar.js';
import { RejectsFile } from './rejects.file.js';

/** What is read. */
export interface ImportFile {
  readonly chunks: AsyncIterable<Buffer>;
  /** One JSON object a line; CSV otherwise. */
  readonly json: boolean;
  /** In bytes, where that is known. */
  readonly size?: number;
}

/** What became of the records. */
export interface ImportCounts {
  records: number;
  imported: number;
  known: number;
  /** Of the known: whose id another address has. */
  known_by_another_address: number;
  rejected: number;
  /** Of the imported: whom only a confirmation, a reset link or an admin lets in. */
  unconfirmed: number;
  reset_required: number;
  disabled: number;
}

type Candidate = ImportedAccount & { readonly line: number };

/** Accounts that come in one transaction: more are hardly quicker, and hold up others for longer. */
const BATCH = 500;

/** So many lines are named of those that are to be looked at. */
const LINES_TOLD = 5;

/** One import, from the first record to the last. */
export class ImportRun {
  private readonly counts: ImportCounts = {
    records: 0,
    imported: 0,
    known: 0,
    known_by_another_address: 0,
    rejected: 0,
    unconfirmed: 0,
    reset_required: 0,
    disabled: 0,
  };
  private readonly otherwiseAddressed: number[] = [];
  private batch: Candidate[] = [];
  private bytes = 0;

  constructor(
    private readonly desk: Desk,
    private readonly terms: TransferTerms,
    private readonly dryRun: boolean,
  ) {}

  /**
   * Imports a file, and tells what became of it.
   *
   * @param rejectsPath where what cannot be imported is told
   * @throws FileRefused where there is nothing in it
   */
  async read({ chunks, json, size }: ImportFile, rejectsPath: string): Promise<ImportCounts> {
    const rejects = new RejectsFile(rejectsPath);
    const bar = new ProgressBar(size);
    const lines = linesOf(this.counted(chunks));
    try {
      for await (const record of json ? jsonRecords(lines) : csvRecords(lines)) {
        this.counts.records += 1;
        await this.take(record, rejects);
        if (this.batch.length >= BATCH) await this.settle(rejects);
        bar.show(this.bytes, `${this.counts.records.toLocaleString('en')} records`);
      }
      await this.settle(rejects);
    } finally {
      bar.end();
      await rejects.close();
    }
    if (this.counts.records === 0) throw new FileRefused('There is no record in it: nothing was imported.');
    this.tell(rejects);
    return this.counts;
  }

  private async *counted(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      this.bytes += chunk.length;
      yield chunk;
    }
  }

  private async take({ line, fields, trouble }: FileRecord, rejects: RejectsFile): Promise<void> {
    if (!fields) return this.reject(rejects, line, trouble ?? '');
    try {
      this.batch.push({ ...accountOf(fields, this.terms), line });
    } catch (error) {
      if (!(error instanceof RecordRefused)) throw error;
      await this.reject(rejects, line, error.message);
    }
  }

  private async settle(rejects: RejectsFile): Promise<void> {
    const batch = this.batch;
    if (batch.length === 0) return;
    this.batch = [];
    const users = this.desk.get(UserImport);
    const fates = await (this.dryRun ? users.foresee(batch) : users.add(batch, this.desk.act));
    for (const [i, candidate] of batch.entries()) await this.count(candidate, fates[i]!, rejects);
  }

  private async count({ user, line }: Candidate, fate: Fate, rejects: RejectsFile): Promise<void> {
    if (typeof fate === 'object') return this.reject(rejects, line, fate.refused);
    if (fate !== 'new') return this.recognise(line, fate);
    this.counts.imported += 1;
    if (!user.emailConfirmedAt) this.counts.unconfirmed += 1;
    if (user.passwordResetRequired) this.counts.reset_required += 1;
    if (user.disabledAt) this.counts.disabled += 1;
  }

  private recognise(line: number, fate: Exclude<Fate, 'new' | object>): void {
    this.counts.known += 1;
    if (fate === 'known') return;
    this.counts.known_by_another_address += 1;
    if (this.otherwiseAddressed.length < LINES_TOLD) this.otherwiseAddressed.push(line);
  }

  private async reject(rejects: RejectsFile, line: number, reason: string): Promise<void> {
    this.counts.rejected += 1;
    await rejects.add(line, reason);
  }

  private tell({ path }: RejectsFile): void {
    const { records, imported, known, rejected, unconfirmed, reset_required, disabled } = this.counts;
    const [verb, result] = this.dryRun ? ['would be imported', { dry_run: true }] : ['imported', {}];
    const parts = [`${imported} ${verb}`, `${known} there already`, `${rejected} rejected`];
    const notes = [
      `${unconfirmed} unconfirmed`,
      `${reset_required} with a password to set`,
      `${disabled} disabled`,
    ];
    const where = rejected > 0 ? ` Why: ${path}` : '';
    const words = `${records} records: ${parts.join(', ')}. Of the first: ${notes.join(', ')}.${this.doubts()}${where}`;
    this.desk.out.tell({ ...this.counts, ...(rejected > 0 && { rejects: path }), ...result }, words);
  }

  /** An id that two applications gave to two people would else pass for an account that is there. */
  private doubts(): string {
    const { known_by_another_address: count } = this.counts;
    if (count === 0) return '';
    const lines = `lines ${this.otherwiseAddressed.join(', ')}${count > LINES_TOLD ? ', …' : ''}`;
    return ` Of those there already, ${count} are so under another address: ${lines}. Where these are other people, give them ids of their own.`;
  }
}
