import type { Locale } from '@gatehouse/contracts';
import type { Page } from '../../pages/page.js';

/** What a page with a form is about. */
export interface FormState {
  locale: Locale;
  /** Of the link in the mail. */
  token: string;
  /** What stood in the way when it was posted. */
  trouble?: 'link' | 'password' | 'service';
}

/** The pages around one form. */
export interface FormPages {
  form(state: FormState): Page;
  /** After it was posted, and worked. */
  done(locale: Locale): Page;
}
