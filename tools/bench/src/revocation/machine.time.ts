/** Milliseconds since some moment that all processes of this machine agree on. */
export function machineTime(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
