/** One event of a stream. */
export interface StreamEvent {
  /** `message` where the stream does not say. */
  readonly type: string;
  readonly data: string;
  /** The latest id of the stream, also when another event brought it. */
  readonly id: string;
}

/** No event here is near as long: a stream that never ends a line is no event stream. */
const LONGEST_LINE = 64 * 1024;

/**
 * Reads `text/event-stream` piece by piece, as it comes off the wire (WHATWG HTML §9.2.6). Comments tell nothing, but
 * that there is somebody at the other end, which whoever feeds this knows by then.
 */
export class EventStreamParser {
  private readonly decoder = new TextDecoder();
  private rest = '';
  private id = '';
  private type = '';
  private data: string[] = [];

  /** The events that end in this piece. */
  *push(piece: Uint8Array): Generator<StreamEvent> {
    const text = this.rest + this.decoder.decode(piece, { stream: true });
    // A carriage return at the very end may be the first half of a line's end.
    const end = text.endsWith('\r') ? text.length - 1 : text.length;
    const lines = text.slice(0, end).split(/\r\n|\n|\r/);
    this.rest = lines.pop()! + text.slice(end);
    if (this.rest.length > LONGEST_LINE) throw new Error('the event stream has a line without an end');
    for (const line of lines) {
      const event = line === '' ? this.dispatch() : this.read(line);
      if (event) yield event;
    }
  }

  private read(line: string): undefined {
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (field === 'data') this.data.push(value);
    else if (field === 'event') this.type = value;
    else if (field === 'id' && !value.includes('\0')) this.id = value;
  }

  private dispatch(): StreamEvent | undefined {
    const { data, type, id } = this;
    this.data = [];
    this.type = '';
    return data.length === 0 ? undefined : { type: type || 'message', data: data.join('\n'), id };
  }
}
