import type { Locale } from '@gatehouse/contracts';
import { markup, type Markup } from '../../pages/markup.js';
import type { ComposedMail } from '../mail.composer.js';

const LINK = /^https?:\/\/\S+$/;

/** What the text of a mail says, as HTML: nothing in it is fetched from anywhere, so nobody learns that it was read. */
export function htmlOf({ subject, text }: ComposedMail, locale: Locale): string {
  return markup`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${subject}</title>
</head>
<body>
${text.split('\n\n').map(paragraph)}</body>
</html>
`.toString();
}

function paragraph(text: string): Markup {
  return LINK.test(text) ? markup`<p><a href="${text}">${text}</a></p>\n` : markup`<p>${text}</p>\n`;
}
