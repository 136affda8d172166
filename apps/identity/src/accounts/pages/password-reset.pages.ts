import { markup } from '../../pages/markup.js';
import { alert } from './alert.js';
import type { FormPages } from './form.pages.js';
import { PAGE_TEXTS } from './page.texts.js';

/** Around a new password. */
export const passwordResetPages: FormPages = {
  form(state) {
    const { locale, token, trouble } = state;
    const { passwordTitle, passwordLabel, passwordHint, passwordButton } = PAGE_TEXTS[locale];
    const form = markup`<form method="post" action="/password_resets/form">
<input type="hidden" name="token" value="${token}">
<label for="password">${passwordLabel}</label>
<input type="password" id="password" name="password" autocomplete="new-password" required maxlength="128" aria-describedby="hint${trouble ? ' trouble' : ''}">
<p id="hint">${passwordHint}</p>
<button>${passwordButton}</button>
</form>`;
    return {
      locale,
      title: passwordTitle,
      content: markup`${alert(state)}${trouble === 'link' ? markup`` : form}`,
    };
  },

  done(locale) {
    const { passwordSetTitle, passwordSetText } = PAGE_TEXTS[locale];
    return { locale, title: passwordSetTitle, content: markup`<p role="status">${passwordSetText}</p>` };
  },
};
