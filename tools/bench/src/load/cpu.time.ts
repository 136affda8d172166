import { readFileSync } from 'node:fs';

/** A clock tick of Linux, in milliseconds. */
const TICK = 10;
/** Where proc_pid_stat(5) has them, counted from the state: of the process itself, and of children that it has reaped. */
const OWN = [11, 12];
const OF_CHILDREN = [13, 14];

/** Milliseconds of CPU time that a process and all its threads have used; undefined where Linux does not tell. */
export function cpuTimeOf(pid: number): number | undefined {
  return process.platform === 'linux' ? millisecondsIn(pid, OWN) : undefined;
}

/** The same of all processes that this one has started, once they have ended; 0 where Linux does not tell. */
export function cpuTimeOfEndedChildren(): number {
  return process.platform === 'linux' ? millisecondsIn(process.pid, OF_CHILDREN) : 0;
}

function millisecondsIn(pid: number, places: readonly number[]): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // After the name, which may hold anything.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return places.reduce((sum, place) => sum + Number(fields[place]), 0) * TICK;
}
