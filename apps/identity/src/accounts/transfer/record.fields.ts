import { RecordRefused } from './transfer.errors.js';

type Fields = Readonly<Record<string, unknown>>;

/** What databases write where they have nothing: MySQL and PostgreSQL write `NULL` or `\N` into a CSV. */
const NOTHING = new Set(['', 'NULL', '\\N']);

/** As Rails and databases write times; without an offset they are in UTC. */
const TIME = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(\.\d{1,9})? ?(UTC|Z|[+-]\d\d(?::?\d\d)?)?$/;

const TRUE = new Set(['t', 'true', '1', 'yes']);
const FALSE = new Set(['f', 'false', '0', 'no']);

const CONTROLS = /\p{Cc}/u;

/** A text of at most so many characters; null where there is nothing. @throws RecordRefused */
export function textOf(fields: Fields, name: string, longest = 255): string | null {
  const value = fields[name];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
    throw new RecordRefused(`${name} must be a text`);
  const text = String(value).trim();
  if (NOTHING.has(text)) return null;
  if (CONTROLS.test(text)) throw new RecordRefused(`${name} has a control character`);
  if (!text.isWellFormed()) throw new RecordRefused(`${name} has half a character`);
  if (text.length > longest) throw new RecordRefused(`${name} is longer than ${longest} characters`);
  return text;
}

/** A point in time; null where there is nothing. @throws RecordRefused */
export function timeOf(fields: Fields, name: string): Date | null {
  const text = textOf(fields, name);
  if (text === null) return null;
  const [, day, time, fraction = '', zone = 'Z'] = TIME.exec(text) ?? [];
  const date = new Date(`${day}T${time}${fraction.slice(0, 4)}${isoZone(zone)}`);
  // 31 February is March to some.
  if (!day || Number.isNaN(date.getTime()) || new Date(`${day}T00:00Z`).toISOString().slice(0, 10) !== day)
    throw new RecordRefused(`${name} must be a time such as 2024-02-29 12:30:00`);
  if (date.getTime() < 0) throw new RecordRefused(`${name} is before 1970`);
  return date;
}

/** Yes or no; no where there is nothing. @throws RecordRefused */
export function flagOf(fields: Fields, name: string): boolean {
  const text = textOf(fields, name)?.toLowerCase();
  if (text === undefined || FALSE.has(text)) return false;
  if (TRUE.has(text)) return true;
  throw new RecordRefused(`${name} must be true or false`);
}

/** Words, as a list or in a text. @throws RecordRefused */
export function wordsOf(fields: Fields, name: string): string[] {
  const value = fields[name];
  const texts = Array.isArray(value)
    ? value.map((each) => textOf({ [name]: each as unknown }, name))
    : [textOf(fields, name)];
  return texts.flatMap((text) => text?.split(/[\s,;|]+/) ?? []).filter(Boolean);
}

function isoZone(zone: string): string {
  if (zone === 'UTC' || zone === 'Z') return 'Z';
  const [hours, minutes = '00'] = [zone.slice(0, 3), zone.slice(3).replace(':', '') || undefined];
  return `${hours}:${minutes}`;
}
