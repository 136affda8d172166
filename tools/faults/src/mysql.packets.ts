const HEADER = 4;
const COMMANDS = new Set(Object.values({ query: 0x03, execute: 0x17 }));

/** Identity looks for revocations many times a second, whether or not anybody asks it for anything. */
const BY_ITSELF = /^\s*SELECT origin, position, EXISTS/;

/** Puts a stream together again from its pieces: a length of three bytes, a number within the exchange, the content. */
export class Packets {
  #rest: Buffer = Buffer.alloc(0);

  /** The packets that are complete with this piece. */
  add(piece: Buffer): Buffer[] {
    this.#rest = Buffer.concat([this.#rest, piece]);
    const complete: Buffer[] = [];
    while (this.#rest.length >= HEADER) {
      const end = HEADER + this.#rest.readUIntLE(0, 3);
      if (this.#rest.length < end) break;
      complete.push(this.#rest.subarray(0, end));
      this.#rest = this.#rest.subarray(end);
    }
    return complete;
  }
}

/** Whether a client's packet is a statement of some request. A command is the first of its exchange. */
export function isStatement(packet: Buffer): boolean {
  const isFirst = packet[3] === 0;
  if (!isFirst || !COMMANDS.has(packet[HEADER] ?? 0)) return false;
  return !BY_ITSELF.test(packet.toString('latin1', HEADER + 1, HEADER + 200));
}
