import { markup, type Markup } from '../pages/markup.js';
import type { Page } from '../pages/page.js';
import type { ComposedMail } from './mail.composer.js';
import type { Mail } from './mail.entity.js';

/** A mail and how it reads. */
export interface ShownMail {
  mail: Mail;
  composed: ComposedMail;
}

/** The mails that wait, the latest first. */
export function mailsPage(mails: readonly ShownMail[]): Page {
  const content = mails.length > 0 ? markup`${mails.map(article)}` : markup`<p>No mail is waiting.</p>`;
  return { locale: 'en', title: 'Mails', content };
}

function article({ mail: { recipient, createdAt, locale }, composed: { subject, text } }: ShownMail): Markup {
  return markup`<article lang="${locale}">
<h2>${subject}</h2>
<p>${recipient ?? ''}, <time>${createdAt.toISOString()}</time></p>
<pre>${text.split(/(https?:\S+)/).map(linked)}</pre>
</article>
`;
}

function linked(text: string): Markup {
  return /^https?:/.test(text) ? markup`<a href="${text}">${text}</a>` : markup`${text}`;
}
