import type { NotEmptyStorageValue, StorageValue } from 'axios-cache-interceptor';
import { type AnswerStore, type Ended, type Owner, placeIn } from './answer.store.js';
import type { CachedAnswer } from './cached.answer.js';

/** What one owner has here. */
interface Place {
  readonly id: string;
  readonly subject: string;
  readonly links: Set<string>;
  /** The one used longest ago first. */
  readonly entries: Map<string, Entry>;
}

interface Entry {
  readonly value: NotEmptyStorageValue;
  readonly bytes: number;
}

/** Beyond its text, about. */
const BYTES_OF_AN_ENTRY = 1_000;
const ENTRIES_OF_AN_OWNER = 500;
const LINKS_OF_AN_OWNER = 100;

/** Keeps answers in memory, up to a number of bytes: the owner who was there longest ago has to go first. */
export class MemoryStore implements AnswerStore {
  /** By subject, the one used longest ago first. */
  readonly #owners = new Map<string, Place>();
  readonly #places = new Map<string, Place>();
  readonly #links = new Map<string, Place>();
  #bytes = 0;
  #opened = 0;

  /** @param capacity in bytes, about */
  constructor(private readonly capacity: number) {}

  /** What is in use of the capacity. */
  get bytes(): number {
    return this.#bytes + this.#owners.size * BYTES_OF_AN_ENTRY;
  }

  placeOf({ subject, links }: Owner): string {
    const place = this.#owners.get(subject) ?? this.#open(subject);
    this.#owners.delete(subject);
    this.#owners.set(subject, place);
    for (const link of links) this.#link(place, nameOf(link));
    return place.id;
  }

  find(key: string): StorageValue | undefined {
    const entries = this.#places.get(placeIn(key))?.entries;
    const entry = entries?.get(key);
    if (!entries || !entry) return undefined;
    entries.delete(key);
    entries.set(key, entry);
    return entry.value;
  }

  set(key: string, value: NotEmptyStorageValue): void {
    const place = this.#places.get(placeIn(key));
    if (!place) return; // purged while the answer was under way
    this.#drop(place, key);
    const bytes = sizeOf(key, value);
    place.entries.set(key, { value, bytes });
    this.#bytes += bytes;
    this.#makeRoom(place);
  }

  remove(key: string): void {
    const place = this.#places.get(placeIn(key));
    if (place) this.#drop(place, key);
  }

  purge(ended?: Ended): void {
    for (const place of this.#concernedBy(ended)) this.#close(place);
  }

  #concernedBy(ended: Ended | undefined): Place[] {
    switch (ended?.kind) {
      case 'subject':
      case 'client':
        return [this.#owners.get(ended.id) ?? []].flat();
      case 'session':
      case 'token':
        return [this.#links.get(nameOf(ended)) ?? []].flat();
      default:
        return [...this.#places.values()];
    }
  }

  #open(subject: string): Place {
    // Never the same id again: whoever is still under way with the one before finds nothing.
    this.#opened += 1;
    const place: Place = { id: String(this.#opened), subject, links: new Set(), entries: new Map() };
    this.#places.set(place.id, place);
    this.#makeRoom(place);
    return place;
  }

  #link(place: Place, link: string): void {
    if (place.links.has(link)) return;
    place.links.add(link);
    this.#links.set(link, place);
    if (place.links.size > LINKS_OF_AN_OWNER) this.#unlink(place, first(place.links));
  }

  #unlink(place: Place, link: string): void {
    place.links.delete(link);
    this.#links.delete(link);
  }

  #makeRoom(newest: Place): void {
    if (newest.entries.size > ENTRIES_OF_AN_OWNER) this.#drop(newest, first(newest.entries.keys()));
    while (this.bytes > this.capacity) {
      const oldest = this.#owners.get(first(this.#owners.keys())) ?? newest;
      if (oldest !== newest) this.#close(oldest);
      else if (newest.entries.size > 0) this.#drop(newest, first(newest.entries.keys()));
      else return;
    }
  }

  #drop(place: Place, key: string): void {
    this.#bytes -= place.entries.get(key)?.bytes ?? 0;
    place.entries.delete(key);
  }

  #close(place: Place): void {
    for (const key of place.entries.keys()) this.#drop(place, key);
    for (const link of place.links) this.#unlink(place, link);
    this.#places.delete(place.id);
    this.#owners.delete(place.subject);
  }
}

function nameOf({ kind, id }: Ended): string {
  return `${kind} ${id}`;
}

function first<T>(values: Iterable<T>): T {
  for (const value of values) return value;
  throw new RangeError('there is none');
}

function sizeOf(key: string, { data }: NotEmptyStorageValue): number {
  const answer = data?.data as CachedAnswer | undefined;
  return BYTES_OF_AN_ENTRY + 2 * (key.length + (answer?.text.length ?? 0));
}
