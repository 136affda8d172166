/** One entry of a vim-projectionist file. */
export interface Projection {
  readonly type?: string;
  readonly alternate?: string;
}

/** A projections file: patterns and what is known of the files they fit. */
export type Projections = Readonly<Record<string, Projection>>;

/**
 * Where `:A` goes from a file: of the patterns that fit it, the longest first, to the first alternate that exists. In
 * a pattern one star stands for any text, slashes included, and `{}` in the alternate for the same (:help projectionist).
 */
export function alternateOf(
  projections: Projections,
  file: string,
  exists: (file: string) => boolean,
): string | undefined {
  return Object.entries(projections)
    .toSorted(([a], [b]) => b.length - a.length)
    .flatMap(([pattern, { alternate }]) => {
      const star = starOf(pattern, file);
      return alternate === undefined || star === undefined ? [] : [alternate.replaceAll('{}', star)];
    })
    .find(exists);
}

/** What `:E<type> <argument>` opens. */
export function fileOf(projections: Projections, type: string, argument: string): string[] {
  return Object.entries(projections)
    .filter(([, projection]) => projection.type === type)
    .map(([pattern]) => pattern.replace('*', argument));
}

/** The argument that `:E<type>` wants for a file; undefined where it is of another type. */
export function argumentOf(projections: Projections, type: string, file: string): string | undefined {
  const patterns = Object.entries(projections).filter(([, projection]) => projection.type === type);
  return patterns.map(([pattern]) => starOf(pattern, file)).find((star) => star !== undefined);
}

function starOf(pattern: string, file: string): string | undefined {
  const [before = '', after = ''] = pattern.split('*');
  const fits = file.length > before.length + after.length && file.startsWith(before) && file.endsWith(after);
  return fits ? file.slice(before.length, file.length - after.length) : undefined;
}
