/** The languages that people are addressed in. */
export const LOCALES = ['en', 'de', 'fr', 'es', 'ja'] as const;

/** One of {@link LOCALES}. */
export type Locale = (typeof LOCALES)[number];
