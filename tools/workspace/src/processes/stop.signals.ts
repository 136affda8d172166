const LOOK_FOR_PARENT_MS = 250;

/**
 * Aborted when this process is asked to stop: by Ctrl-C, SIGTERM, the terminal that closes, or the end of whoever
 * started it, which kill -9 ends without a word.
 */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && stop.abort(), LOOK_FOR_PARENT_MS).unref();
  return stop.signal;
}

/** Resolves when the signal is aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
