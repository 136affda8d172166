import { describe, expect, it } from 'vitest';
import { noticeIn } from './log.notice.ts';

const noticeOf = (entry: object) => noticeIn(JSON.stringify(entry));

describe('what of a log reaches the terminal', () => {
  it.each(['warn', 'error', 'fatal'])('is what was logged as %s', (level) => {
    expect(noticeOf({ level, msg: 'A mail was not sent' })).toBe('A mail was not sent');
  });

  it('is said once, with what is behind it', () => {
    const away = { message: 'connect ECONNREFUSED 127.0.0.1:3306' };
    const err = { message: 'Try again shortly.', cause: { message: 'Try again shortly.', cause: away } };
    expect(noticeOf({ level: 'warn', msg: 'Try again shortly.', err })).toBe(
      'Try again shortly: connect ECONNREFUSED 127.0.0.1:3306',
    );
  });

  it('is nothing of what goes well, nor what is no entry', () => {
    expect(noticeOf({ level: 'info', msg: 'listening' })).toBeUndefined();
    expect(noticeIn('Error: not JSON')).toBeUndefined();
  });
});
