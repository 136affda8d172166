import type { IncomingHttpHeaders } from 'node:http';
import type { Locale } from '@gatehouse/contracts';
import type { Page } from '../../pages/page.js';

/** Whether a browser asks, for somebody to read. */
export function asksForPage({ accept }: Pick<IncomingHttpHeaders, 'accept'>): boolean {
  return accept?.includes('text/html') ?? false;
}

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
