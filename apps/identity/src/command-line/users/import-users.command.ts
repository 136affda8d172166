import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { InvalidArgumentError } from '@gatehouse/service-kit';
import { LOCKED_ACCOUNTS, type TransferTerms } from '../../accounts/transfer/account.record.js';
import { FileRefused } from '../../accounts/transfer/transfer.errors.js';
import { oneOf } from '../one.of.js';
import type { AddCommand } from '../operator.console.js';
import { type ImportFile, ImportRun } from './import.run.js';

interface Options extends Partial<TransferTerms> {
  format?: 'csv' | 'ndjson';
  rejects?: string;
  dryRun?: boolean;
}

/** Some records were rejected. */
const NOT_ALL = 3;

/** `users import <file>` */
export const addImportUsers: AddCommand = (users, operator) => {
  users
    .command('import')
    .description('bring in accounts from a CSV or NDJSON file, with the columns that Devise has')
    .argument('<file>', 'whose first line names the columns, if it is CSV; - is the standard input')
    .option(
      '--format <format>',
      'csv or ndjson; the name of the file tells by default',
      oneOf(['csv', 'ndjson']),
    )
    .option('--assume-confirmed', 'take accounts for confirmed that have no confirmed_at')
    .option(
      '--locked <what>',
      'becomes of locked accounts: reset, disable or open',
      oneOf(LOCKED_ACCOUNTS),
      'reset',
    )
    .option('--unlock-in <seconds>', "Devise's unlock_in: older locks are over", seconds)
    .option('--rejects <file>', 'takes the records that cannot be imported; <file>.rejects.ndjson by default')
    .option('--dry-run', 'say what would be imported, and write nothing')
    .action(
      operator.action<Options, [string]>(async (desk, options, path) => {
        const run = new ImportRun(desk, { locked: 'reset', ...options }, options.dryRun === true);
        const rejects = options.rejects ?? `${path === '-' ? 'users' : path}.rejects.ndjson`;
        if (resolve(rejects) === resolve(path))
          throw new FileRefused('--rejects would overwrite what is imported.');
        const { rejected } = await run.read(await open(path, options.format), rejects);
        if (rejected > 0) process.exitCode = NOT_ALL;
      }),
    );
};

async function open(path: string, format: Options['format']): Promise<ImportFile> {
  const [, ending] = /\.(csv|ndjson|jsonl)$/i.exec(path) ?? [];
  const known = format ?? (ending && (ending.toLowerCase() === 'csv' ? 'csv' : 'ndjson'));
  if (!known)
    throw new FileRefused(
      'The name of the file does not tell what it is. Say --format csv or --format ndjson.',
    );
  const json = known === 'ndjson';
  if (path === '-') return { json, chunks: process.stdin };
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw new FileRefused(`There is no file ${path}.`);
  return { json, chunks: createReadStream(path), size: found.size };
}

function seconds(text: string): number {
  if (!/^\d{1,9}$/.test(text))
    throw new InvalidArgumentError('It must be a number of seconds, such as 3600.');
  return Number(text);
}
