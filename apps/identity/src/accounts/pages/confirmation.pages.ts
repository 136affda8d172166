import { markup } from '../../pages/markup.js';
import { alert } from './alert.js';
import type { FormPages } from './form.pages.js';
import { PAGE_TEXTS } from './page.texts.js';

/** Around the confirmation of an address. */
export const confirmationPages: FormPages = {
  form(state) {
    const { locale, token, trouble } = state;
    const { confirmTitle, confirmText, confirmButton } = PAGE_TEXTS[locale];
    const form = markup`<p>${confirmText}</p>
<form method="post" action="/confirmation">
<input type="hidden" name="token" value="${token}">
<button>${confirmButton}</button>
</form>`;
    return {
      locale,
      title: confirmTitle,
      content: markup`${alert(state)}${trouble === 'link' ? markup`` : form}`,
    };
  },

  done(locale) {
    const { confirmedTitle, confirmedText } = PAGE_TEXTS[locale];
    return { locale, title: confirmedTitle, content: markup`<p role="status">${confirmedText}</p>` };
  },
};
