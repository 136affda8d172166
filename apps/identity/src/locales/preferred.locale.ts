import { LOCALES, type Locale } from '@gatehouse/contracts';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

const DEFAULT: Locale = 'en';

/** Of our languages the one that an `Accept-Language` value likes best (RFC 9110 §12.5.4). */
export function preferredLocale(acceptLanguage: string | undefined): Locale {
  const ranges = (acceptLanguage ?? '').split(',').map(rangeOf);
  const wanted = ranges.filter(({ weight }) => weight > 0).sort((one, other) => other.weight - one.weight);
  return wanted.map(({ language }) => localeOf(language)).find((locale) => locale !== undefined) ?? DEFAULT;
}

/** Gives a controller's method the language to answer in. */
export const PreferredLocale = createParamDecorator((_: unknown, context: ExecutionContext): Locale =>
  preferredLocale(context.switchToHttp().getRequest<FastifyRequest>().headers['accept-language']),
);

interface LanguageRange {
  /** The primary subtag: `de` of `de-AT`. */
  language: string;
  weight: number;
}

function rangeOf(text: string): LanguageRange {
  const [range = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice('q='.length);
  return { language: range.split('-', 1)[0]!, weight: weight === undefined ? 1 : Number(weight) || 0 };
}

function localeOf(language: string): Locale | undefined {
  return language === '*' ? DEFAULT : LOCALES.find((locale) => locale === language);
}
