import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify/sync';
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
        const text = textOf(get(UserExport).open(withDigests, act), format);
        if (output === undefined) await pipeline(Readable.from(text), process.stdout, { end: false });
        else await pipeline(Readable.from(text), createWriteStream(output, { flags: 'wx', mode: 0o600 }));
      }),
    );
};

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
