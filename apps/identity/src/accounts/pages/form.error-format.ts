import { type DomainError, PROBLEMS, ValidationFailed } from '@gatehouse/contracts';
import type { ErrorFormat } from '@gatehouse/service-kit';
import { preferredLocale } from '../../locales/preferred.locale.js';
import { PAGE_HEADERS, PAGE_MEDIA_TYPE, pageText } from '../../pages/page.js';
import { confirmationPages } from './confirmation.pages.js';
import { asksForPage, type FormPages, type FormState } from './form.pages.js';
import { passwordResetPages } from './password-reset.pages.js';

/** How the pages that mails lead to, and what their forms post to, say no: browsers get the form again. */
export const formErrorFormats: ErrorFormat[] = [
  formErrorFormat('/confirmation', confirmationPages),
  formErrorFormat('/password_resets', passwordResetPages),
];

function formErrorFormat(prefix: string, pages: FormPages): ErrorFormat {
  return {
    prefix,
    write(error, { headers, body }) {
      if (!asksForPage(headers) || !isAboutForm(error)) return undefined;
      const locale = preferredLocale(headers['accept-language']);
      const page = pages.form({ locale, token: tokenOf(body), trouble: troubleOf(error) });
      return {
        status: PROBLEMS[error.code].status,
        headers: PAGE_HEADERS,
        body: Buffer.from(pageText(page)),
        contentType: PAGE_MEDIA_TYPE,
      };
    },
  };
}

/** Where there is no page, or none for this method, a form would lead nowhere. */
function isAboutForm({ code }: DomainError): boolean {
  return code !== 'not_found' && code !== 'method_not_allowed';
}

function troubleOf(error: DomainError): FormState['trouble'] {
  if (!(error instanceof ValidationFailed)) return 'service';
  return error.errors['token'] ? 'link' : 'password';
}

function tokenOf(body: unknown): string {
  const { token } = (body ?? {}) as { token?: unknown };
  return typeof token === 'string' ? token : '';
}
