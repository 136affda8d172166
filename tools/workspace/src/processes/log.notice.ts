const NOTABLE = new Set(['warn', 'error', 'fatal']);

interface LogEntry {
  level?: string;
  msg?: string;
  err?: LoggedError;
}

interface LoggedError {
  message?: string;
  cause?: LoggedError;
}

/** The words of a warning or an error, and of what is behind it; nothing for the rest. */
export function noticeIn(line: string): string | undefined {
  try {
    const { level, msg, err } = JSON.parse(line) as LogEntry;
    if (!NOTABLE.has(level ?? '')) return undefined;
    const words = [msg, ...messagesOf(err)].map((each) => each?.replace(/\.$/, ''));
    return [...new Set(words)].filter(Boolean).join(': ') || line;
  } catch {
    return undefined; // Not a log entry: it stays in the file.
  }
}

function messagesOf(error: LoggedError | undefined): (string | undefined)[] {
  return error ? [error.message, ...messagesOf(error.cause)] : [];
}
