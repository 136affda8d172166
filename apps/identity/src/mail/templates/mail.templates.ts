import type { Locale } from '@gatehouse/contracts';
import { GERMAN_MAILS } from './german.mails.js';
import { ENGLISH_MAILS } from './english.mails.js';
import { FRENCH_MAILS } from './french.mails.js';
import { JAPANESE_MAILS } from './japanese.mails.js';
import type { MailTemplates } from './mail.template.js';
import { SPANISH_MAILS } from './spanish.mails.js';

/** Every mail in every language. */
export const MAIL_TEMPLATES: Readonly<Record<Locale, MailTemplates>> = {
  en: ENGLISH_MAILS,
  de: GERMAN_MAILS,
  fr: FRENCH_MAILS,
  es: SPANISH_MAILS,
  ja: JAPANESE_MAILS,
};
