import { describe, expect, it } from 'vitest';
import { EventStreamParser, type StreamEvent } from './event-stream.parser.js';

function parse(...pieces: (string | Uint8Array)[]): StreamEvent[] {
  const parser = new EventStreamParser();
  return pieces.flatMap((piece) => [...parser.push(typeof piece === 'string' ? Buffer.from(piece) : piece)]);
}

describe('the parser of event streams', () => {
  it('reads events with type, id and data', () => {
    expect(parse('event: revocation\nid: 7\ndata: {"a":1}\n\n')).toEqual([
      { type: 'revocation', id: '7', data: '{"a":1}' },
    ]);
  });

  it('reads them however they are cut into pieces, and whatever ends their lines', () => {
    const text = 'event: a\nid: 1\ndata: x\n\nevent: b\r\nid: 2\r\ndata: y\r\n\r\nid: 3\rdata: ü\r\r';
    const bytes = Buffer.from(text);
    const expected = parse(text);
    expect(expected.map(({ type, id, data }) => `${type} ${id} ${data}`)).toEqual(['a 1 x', 'b 2 y']);
    for (let cut = 1; cut < bytes.length; cut += 1) {
      expect(parse(bytes.subarray(0, cut), bytes.subarray(cut))).toEqual(expected);
    }
    expect(parse(...[...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(expected);
    expect(parse(text, '\n').at(-1)).toEqual({ type: 'message', id: '3', data: 'ü' });
  });

  it('passes over comments, unknown fields and events without data', () => {
    expect(parse(':\n\n: hello\nretry: 5\nfoo\nevent: x\n\ndata: y\n\n')).toEqual([
      { type: 'message', id: '', data: 'y' },
    ]);
  });

  it('joins lines of data, keeps the id for later events, and forgets the type', () => {
    expect(parse('id: 4\nevent: a\ndata: x\ndata: y\n\ndata:z\n\n')).toEqual([
      { type: 'a', id: '4', data: 'x\ny' },
      { type: 'message', id: '4', data: 'z' },
    ]);
  });

  it('gives up on a line that does not end', () => {
    expect(() => parse(...Array.from({ length: 100 }, () => 'x'.repeat(1_000)))).toThrow(/without an end/);
  });
});
