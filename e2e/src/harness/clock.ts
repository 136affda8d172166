/** Node's options for a process whose clock is off by so many seconds. */
export function clockShiftedBy(seconds: number): string {
  const script = `const now = Date.now; const off = ${seconds * 1000};
    globalThis.Date = class extends Date {
      constructor(...args) { if (args.length) super(...args); else super(now() + off); }
      static now() { return now() + off; }
    };`;
  return `--import=data:text/javascript,${encodeURIComponent(script)}`;
}
