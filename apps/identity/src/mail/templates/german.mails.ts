import type { MailTemplates } from './mail.template.js';

export const GERMAN_MAILS: MailTemplates = {
  confirmation: {
    subject: 'Bestätigen Sie Ihre E-Mail-Adresse',
    text: `Willkommen bei Gatehouse.

Bitte bestätigen Sie Ihre Adresse über diesen Link:

{link}

Er gilt einmal und 24 Stunden lang. Wenn Sie sich nicht angemeldet haben, ignorieren Sie diese Mail.`,
  },
  address_taken: {
    subject: 'Sie haben bereits ein Konto',
    text: `Jemand, vermutlich Sie selbst, wollte diese Adresse für ein Gatehouse-Konto verwenden. Es gibt bereits eines mit ihr, deshalb wurde nichts geändert.

Melden Sie sich mit Ihrem Passwort an. Wenn Sie es vergessen haben, setzen Sie hier ein neues:

{link}

Der Link gilt einmal und 10 Minuten lang. Wenn Sie es nicht waren, brauchen Sie nichts zu tun.`,
  },
  password_reset: {
    subject: 'Setzen Sie ein neues Passwort',
    text: `Für Ihr Gatehouse-Konto wurde ein neues Passwort angefordert. Setzen Sie es hier:

{link}

Der Link gilt einmal und 10 Minuten lang. Wenn Sie ihn nicht angefordert haben, ignorieren Sie diese Mail: Ihr Passwort bleibt, wie es ist.`,
  },
  invitation: {
    subject: 'Ihr Konto ist bereit',
    text: `Für Sie wurde ein Gatehouse-Konto angelegt. Setzen Sie hier Ihr Passwort:

{link}

Der Link gilt einmal und 10 Minuten lang. Später fordern Sie dort, wo Sie sich anmelden, einen neuen an: „Passwort vergessen“.`,
  },
  email_change: {
    subject: 'Bestätigen Sie Ihre neue E-Mail-Adresse',
    text: `Ihr Gatehouse-Konto soll diese Adresse verwenden. Bitte bestätigen Sie sie über diesen Link:

{link}

Er gilt einmal und 24 Stunden lang. Wenn Sie das nicht wollten, ignorieren Sie diese Mail.`,
  },
  password_changed: {
    subject: 'Ihr Passwort wurde geändert',
    text: `Das Passwort Ihres Gatehouse-Kontos wurde soeben geändert, und Sie wurden auf Ihren anderen Geräten abgemeldet.

Wenn Sie es nicht waren, setzen Sie sofort ein neues Passwort und melden Sie sich bei uns.`,
  },
  email_change_requested: {
    subject: 'Ihre E-Mail-Adresse soll geändert werden',
    text: `Ihr Gatehouse-Konto soll eine andere Adresse verwenden. Sobald jene bestätigt ist, kommen hier keine Mails mehr an.

Wenn Sie es nicht waren, ändern Sie sofort Ihr Passwort und melden Sie sich bei uns.`,
  },
  email_changed: {
    subject: 'Ihre E-Mail-Adresse wurde geändert',
    text: `Die Adresse Ihres Gatehouse-Kontos wurde geändert. Melden Sie sich von nun an mit der neuen an.

Wenn Sie es nicht waren, melden Sie sich sofort bei uns.`,
  },
  refresh_token_theft: {
    subject: 'Sie wurden auf einem Gerät abgemeldet',
    text: `Eine Anmeldung Ihres Gatehouse-Kontos wurde an zwei Stellen verwendet; das kann bedeuten, dass jemand sie kopiert hat. Zur Sicherheit haben wir sie überall beendet.

Bitte melden Sie sich neu an. Wenn Sie Sitzungen sehen, die Sie nicht kennen, beenden Sie diese und ändern Sie Ihr Passwort.`,
  },
};
