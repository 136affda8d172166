import { beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from './logger.js';
import { NestLogger } from './nest.logger.js';

describe('Nest’s logger', () => {
  let lines: Record<string, unknown>[];
  let logger: NestLogger;

  beforeEach(() => {
    lines = [];
    const write = (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>);
    logger = new NestLogger(createLogger('things', { logLevel: 'trace' }, { write }));
  });

  it('writes a sentence with who says it', () => {
    logger.log('The signing key was rotated', 'KeySchedule');
    expect(lines).toEqual([
      {
        level: 'info',
        time: expect.any(String),
        service: 'things',
        context: 'KeySchedule',
        msg: 'The signing key was rotated',
      },
    ]);
  });

  it('writes an error with its cause', () => {
    logger.warn(new Error('away', { cause: new Error('gone') }), 'Feed');
    expect(lines[0]).toMatchObject({
      level: 'warn',
      msg: 'away',
      err: { message: 'away', cause: { message: 'gone' } },
    });
  });

  it('writes an object beside its sentence', () => {
    logger.error({ err: new Error('away'), attempt: 2 }, 'It is tried again', 'Feed');
    expect(lines[0]).toMatchObject({
      level: 'error',
      context: 'Feed',
      attempt: 2,
      err: { type: 'Error', message: 'away' },
      msg: 'It is tried again',
    });
  });

  it('writes a stack that comes with a sentence', () => {
    logger.error('It broke', 'Error: it broke\n    at here', 'Feed');
    expect(lines[0]).toMatchObject({
      context: 'Feed',
      stack: 'Error: it broke\n    at here',
      msg: 'It broke',
    });
  });

  it('keeps what Nest says of its wiring for those who debug', () => {
    logger.log('Starting Nest application...', 'NestFactory');
    logger.verbose('more', 'Feed');
    logger.debug('less', 'Feed');
    logger.fatal('the end', 'Feed');
    expect(lines.map(({ level }) => level)).toEqual(['debug', 'trace', 'debug', 'fatal']);
  });
});
