import type { Check } from '../check.ts';
import { greetingOf } from '../setup/greeting.ts';

/** Where mails are to be sent by SMTP, a mail server answers. */
export const mailCheck: Check = {
  name: 'mail',
  holds: 'the mail server at SMTP_URL answers',
  async look({ identity }) {
    const url = URL.parse(identity.setting('SMTP_URL') ?? '');
    if (!url) return { nothing: `SMTP_URL is not set: mails wait at ${identity.url}/dev/mails` };
    const secure = url.protocol === 'smtps:';
    const place = { hostname: url.hostname, port: Number(url.port || (secure ? 465 : 587)), secure };
    const answer = await greetingOf(place);
    if (answer?.startsWith('220')) return []; // RFC 5321 §4.2
    const where = `${place.hostname}:${place.port}`;
    return [
      {
        service: 'identity',
        cause:
          answer === undefined
            ? `No mail server answers at ${where}.`
            : `What answers at ${where} is no mail server that takes mail.`,
        remedy: 'Start it, or correct SMTP_URL. Mails wait in the outbox meanwhile.',
      },
    ];
  },
};
