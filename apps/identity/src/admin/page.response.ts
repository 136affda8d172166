import type { Page } from '../database/page.js';

/** A page on its way out: {@link PageInterceptor} answers with its entries, and a link to the next one. */
export class PageResponse {
  private constructor(
    readonly entries: readonly { id: string }[],
    readonly more: boolean,
  ) {}

  static of<Row>({ entries, more }: Page<Row>, dtoOf: (row: Row) => { id: string }): PageResponse {
    return new PageResponse(entries.map(dtoOf), more);
  }
}
