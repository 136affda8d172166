import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { type App, ROOT } from '../workspace/apps.ts';
import { noticeIn } from './log.notice.ts';
import type { Stream } from './service.process.ts';

/** Is told what needs a person's eye. */
export type NoticeListener = (app: App, notice: string) => void;

/** Each service's whole log goes to a file of its own; only what needs a person's eye reaches the terminal. */
export class ServiceLogs {
  /** Where the files are, from the root. */
  static readonly folder = join('.data', 'logs');
  readonly #files = new Map<string, WriteStream>();
  readonly #onNotice: NoticeListener;

  constructor(onNotice: NoticeListener = toTerminal) {
    this.#onNotice = onNotice;
  }

  write(app: App, line: string, stream: Stream): void {
    this.#file(app).write(`${line}\n`);
    // What a service says as it ends is reported with its end.
    const notice = stream === 'stderr' ? undefined : noticeIn(line);
    if (notice) this.#onNotice(app, notice);
  }

  #file(app: App): WriteStream {
    const open = this.#files.get(app.name);
    if (open) return open;
    mkdirSync(join(ROOT, ServiceLogs.folder), { recursive: true });
    const file = createWriteStream(join(ROOT, ServiceLogs.folder, `${app.name}.log`));
    this.#files.set(app.name, file);
    return file;
  }
}

const toTerminal: NoticeListener = ({ name }, notice) => {
  process.stderr.write(`${styleText('yellow', name, { stream: process.stderr })}  ${notice}\n`);
};
