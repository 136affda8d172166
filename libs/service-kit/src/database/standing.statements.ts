const standing = new Set<string>();

/** Says of a statement that it stands as it is written, so that the server may keep it prepared: there are few of those. */
export function stand(sql: string): void {
  standing.add(sql);
}

/** Whether it was said of the statement. */
export function stands(sql: string): boolean {
  return standing.has(sql);
}
