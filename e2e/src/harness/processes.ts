import { execFileSync } from 'node:child_process';

/** A process of this machine. */
export interface Process {
  readonly pid: number;
  readonly command: string;
}

/** Every process that one has started, directly or not. */
export function descendantsOf(pid: number): Process[] {
  const all = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .flatMap((row) => {
      const [, own, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row) ?? [];
      return command === undefined ? [] : [{ pid: Number(own), parent: Number(parent), command }];
    });
  const under = (parent: number): Process[] =>
    all.filter((each) => each.parent === parent).flatMap((each) => [each, ...under(each.pid)]);
  return under(pid);
}
