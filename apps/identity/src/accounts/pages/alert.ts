import { markup, type Markup } from '../../pages/markup.js';
import type { FormState } from './form.pages.js';
import { PAGE_TEXTS } from './page.texts.js';

/** What stood in the way, for those who see the page and those who hear it. */
export function alert({ locale, trouble }: FormState): Markup {
  const { spentLink, refusedPassword, tryAgain } = PAGE_TEXTS[locale];
  const texts = { link: spentLink, password: refusedPassword, service: tryAgain };
  return trouble ? markup`<p role="alert" id="trouble">${texts[trouble]}</p>` : markup``;
}
