import type { NodemailerError } from 'nodemailer';

/** What follows when a mail could not be sent. */
export type FailureKind =
  /** The server will never take this mail. */
  | 'refused'
  /** It does not take this mail now. */
  | 'deferred'
  /** There is no server that takes any mail now: it is down, slow, or does not take what it is told about us. */
  | 'away';

/** A mail was not sent, or nobody knows whether it was. */
export class MailFailure extends Error {
  constructor(
    readonly kind: FailureKind,
    /** What the server answered, or a word for why it did not. Without any text, which may hold an address. */
    readonly answer: string,
    options?: ErrorOptions,
  ) {
    super(`the mail was not sent: ${answer}`, options);
  }
}

/** About the mail itself; all other commands are about who sends it. */
const ABOUT_THE_MAIL = new Set(['RCPT TO', 'DATA']);

/** In the local part: a domain has another form in ASCII. */
const BEYOND_ASCII = /[\u0080-\uffff].*@/;

/** Reads an error of nodemailer: RFC 5321 §4.2.1 tells temporary answers from permanent ones. */
export function failureOf(error: unknown, recipient: string): MailFailure {
  const { responseCode, command = '', code = 'ERROR' } = error as Partial<NodemailerError>;
  const answer = responseCode ? `${responseCode} ${command}` : code;
  if (!responseCode || !ABOUT_THE_MAIL.has(command)) return new MailFailure('away', answer, { cause: error });
  // RFC 6531 §3.3: only where the server, and each one after it, has this extension.
  const reason = BEYOND_ASCII.test(recipient) ? `${answer}: this address takes SMTPUTF8` : answer;
  return new MailFailure(responseCode >= 500 ? 'refused' : 'deferred', reason, { cause: error });
}
