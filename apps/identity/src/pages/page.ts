import { createHash } from 'node:crypto';
import type { Locale } from '@gatehouse/contracts';
import type { FastifyReply } from 'fastify';
import { markup, type Markup } from './markup.js';

/** A page for people, whole without scripts. */
export interface Page {
  locale: Locale;
  title: string;
  content: Markup;
}

const STYLE = markup`
:root { color-scheme: light dark; font: 100%/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 34rem; padding: 2rem 1rem; }
label, input, button { display: block; font: inherit; }
input { box-sizing: border-box; margin: 0.25rem 0; padding: 0.5rem; width: 100%; }
button { margin: 1rem 0; padding: 0.5rem 1.5rem; }
pre { overflow-wrap: anywhere; white-space: pre-wrap; }
[role='alert'] { border-inline-start: 0.25rem solid #c00; padding-inline-start: 0.75rem; }
`;

const STYLE_HASH = createHash('sha256').update(STYLE.toString()).digest('base64');

/** What a page is sent with. */
export const PAGE_HEADERS = {
  // Nothing but the one style and forms to ourselves; in nobody's frame.
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  // The address may hold the secret of a link.
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
};

export const PAGE_MEDIA_TYPE = 'text/html; charset=utf-8';

/** Writes the status and headers of a page that is there, and gives its text to be sent. */
export function writePage(reply: FastifyReply, page: Page): string {
  void reply.code(200).headers(PAGE_HEADERS).type(PAGE_MEDIA_TYPE);
  return pageText(page);
}

/** The HTML of a page. */
export function pageText({ locale, title, content }: Page): string {
  return markup`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`.toString();
}
