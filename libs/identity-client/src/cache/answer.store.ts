import type { NotEmptyStorageValue, StorageValue } from 'axios-cache-interceptor';

/** Something that ended, and with it what was kept for whom it concerns. A `RevocationDto` is one. */
export interface Ended {
  /** `subject`, `client`, `session` or `token`; where it is another, nobody knows here whom it concerns. */
  readonly kind: string;
  readonly id: string;
}

/** The end of one session or one token. */
export interface Link extends Ended {
  readonly kind: 'session' | 'token';
}

/** Whose answers are kept together: nobody else is ever given one of them. */
export interface Owner {
  /** A user's id, a client's, or that of nobody in particular. */
  subject: string;
  /** Sessions and tokens whose end is the end of what was kept for the subject. */
  links: readonly Link[];
}

/** The injection token of the {@link AnswerStore}. */
export const ANSWER_STORE = Symbol('ANSWER_STORE');

/** Where answers are kept. What an owner had is out of reach at once when it is purged, also what is still under way. */
export interface AnswerStore {
  /** The place of an owner's answers, until they are purged: keys begin with it. */
  placeOf(owner: Owner): string | Promise<string>;
  find(key: string): StorageValue | undefined | Promise<StorageValue | undefined>;
  set(key: string, value: NotEmptyStorageValue): void | Promise<void>;
  remove(key: string): void | Promise<void>;
  /** Forgets what is kept for whom that concerns; where nobody knows, or nothing is named, for all. */
  purge(ended?: Ended): void | Promise<void>;
}

/** The key of one answer, in the place of its owner. */
export function keyIn(place: string, name: string): string {
  return `${place} ${name}`;
}

/** The place that a key belongs to. */
export function placeIn(key: string): string {
  return key.slice(0, key.indexOf(' '));
}
