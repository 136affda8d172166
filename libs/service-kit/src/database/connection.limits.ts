import type { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import type { Connection } from 'mysql2';
import { afterwards } from './patience.js';
import { timeLeft } from './time.left.js';

type Command = Pick<EventEmitter, 'once'>;

/**
 * Ends a connection, and whatever waits for its answer. Not by `destroy`, which waits for the server, and tells nobody.
 * The server undoes the open transaction when it sees the connection gone.
 */
export function sever(connection: Connection): void {
  const { stream } = connection as unknown as { stream: Duplex };
  // As mysql2 would name it.
  stream.destroy(
    Object.assign(new Error('The database has not answered in time.'), { code: 'PROTOCOL_SEQUENCE_TIMEOUT' }),
  );
}

/** Severs a connection whose statement takes too long: nobody could tell what its next answer belongs to. */
export function limitStatements(connection: Connection, milliseconds: number): void {
  const limited = (send: (...statement: unknown[]) => Command) => {
    return (...statement: unknown[]): Command => {
      const command = send.apply(connection, statement);
      command.once(
        'end',
        afterwards(timeLeft(milliseconds), () => sever(connection)),
      );
      return command;
    };
  };
  const { query, execute } = connection as unknown as Record<'query' | 'execute', () => Command>;
  Object.assign(connection, { query: limited(query), execute: limited(execute) });
}
