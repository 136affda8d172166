/** Mails that carry a link. */
export type LinkMail = 'confirmation' | 'address_taken' | 'password_reset' | 'invitation' | 'email_change';

/** Mails that only tell what has happened. */
export type NoticeMail =
  'password_changed' | 'email_change_requested' | 'email_changed' | 'refresh_token_theft';

/** Which mail it is. */
export type MailTemplateName = LinkMail | NoticeMail;

/** What a mail says in one language. In the text of a {@link LinkMail}, `{link}` stands for the link. */
export interface MailTemplate {
  subject: string;
  text: string;
}

/** Every mail in one language. */
export type MailTemplates = Readonly<Record<MailTemplateName, MailTemplate>>;
