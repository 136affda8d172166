/** A way to send the CSRF value, or something in its place. */
export interface CsrfCase {
  readonly value: string;
  /** Whether it says that the request was meant. */
  readonly good: boolean;
  headers?(own: string, others: string): Record<string, string | string[]>;
  /** Fields of the form that goes along. */
  fields?(own: string): [string, string][];
}

const field = (value: string): [string, string] => ['authenticity_token', value];

export const CSRF_VALUES: CsrfCase[] = [
  { value: 'absent', good: false },
  { value: 'empty', good: false, headers: () => ({ 'x-csrf-token': '' }) },
  { value: 'in X-CSRF-Token', good: true, headers: (own) => ({ 'x-csrf-token': own }) },
  { value: 'in X-XSRF-TOKEN', good: true, headers: (own) => ({ 'x-xsrf-token': own }) },
  { value: 'in the form', good: true, fields: (own) => [field(own)] },
  { value: 'empty in the form', good: false, fields: () => [field('')] },
  { value: 'another session’s', good: false, headers: (_, others) => ({ 'x-csrf-token': others }) },
  { value: 'cut short', good: false, headers: (own) => ({ 'x-csrf-token': own.slice(0, -1) }) },
  { value: 'twice in one header', good: false, headers: (own) => ({ 'x-csrf-token': [own, own] }) },
  {
    value: 'in both headers',
    good: false,
    headers: (own) => ({ 'x-csrf-token': own, 'x-xsrf-token': own }),
  },
  {
    value: 'in header and form',
    good: false,
    headers: (own) => ({ 'x-csrf-token': own }),
    fields: (own) => [field(own)],
  },
  { value: 'twice in the form', good: false, fields: (own) => [field(own), field(own)] },
];
