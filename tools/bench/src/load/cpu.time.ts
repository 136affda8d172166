import { readFileSync } from 'node:fs';

/** A clock tick of Linux, in milliseconds. */
const TICK = 10;

/** Milliseconds of CPU time that a process and all its threads have used; undefined where Linux does not tell. */
export function cpuTimeOf(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // After the name, which may hold anything: state is the first field, utime the twelfth (proc_pid_stat(5)).
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK;
}
