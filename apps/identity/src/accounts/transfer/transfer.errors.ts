import { DomainError } from '@gatehouse/contracts';

/** The file as a whole cannot be imported, or exported to. */
export class FileRefused extends DomainError {
  readonly code = 'malformed_request';
}

/** One record cannot be imported; the others can. */
export class RecordRefused extends Error {}
