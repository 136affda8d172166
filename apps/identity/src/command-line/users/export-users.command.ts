import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify/sync';
import { FileRefused } from '../../accounts/transfer/transfer.errors.js';
import { type ExportedUser, UserExport } from '../../accounts/transfer/user.export.js';
import { oneOf } from '../one.of.js';
import type { AddCommand } from '../operator.console.js';

interface Options {
  format: 'csv' | 'ndjson';
  output?: string;
  withDigests?: boolean;
}

/** `users export` */
export const addExportUsers: AddCommand = (users, operator) => {
  users
    .command('export')
    .description('write all accounts, in a form that `users import` reads')
    .option('--format <format>', 'csv or ndjson', oneOf(['csv', 'ndjson'] as const), 'csv')
    .option('--output <file>', 'a new file, for its owner alone; the standard output by default')
    .option('--with-digests', 'tell the digests of passwords as well, which are secrets')
    .action(
      operator.action<Options>(async ({ get, act }, { format, output, withDigests = false }) => {
        // Before anything is read: what cannot be written is no export, and none in the audit trail.
        const file = output === undefined ? undefined : await newFile(output);
        const text = Readable.from(textOf(get(UserExport).open(withDigests, act), format));
        if (file) await pipeline(text, file.createWriteStream());
        else await pipeline(text, process.stdout, { end: false });
      }),
    );
};

/** For its owner alone. @throws FileRefused where there is a file of that name */
async function newFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new FileRefused(`${path} is there already: remove it, or name another --output.`);
  }
}

async function* textOf(
  batches: AsyncIterable<ExportedUser[]>,
  format: Options['format'],
): AsyncGenerator<string> {
  let header = true;
  for await (const users of batches) {
    if (format === 'csv') yield stringify(users, { header, cast: { boolean: String } });
    else yield users.map((user) => `${JSON.stringify(user)}\n`).join('');
    header = false;
  }
}
