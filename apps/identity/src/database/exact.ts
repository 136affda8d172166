/**
 * What was read by its id, if that is the very id it was asked by: to the `=` of MySQL and MariaDB a text with spaces
 * behind it is the same text, and what is then done under the longer one would not reach the row's tokens.
 */
export function exact<Row extends { id: string }>(row: Row | null | undefined, id: string): Row | null {
  return row?.id === id ? row : null;
}
