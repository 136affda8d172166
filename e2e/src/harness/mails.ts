import { setTimeout as sleep } from 'node:timers/promises';
import { send } from './http.js';

/** How long a mail may be on its way: identity sends what waits every 5 s. Milliseconds. */
const PATIENCE = 20_000;

/** The link that was mailed last to an address. */
export async function latestLinkTo(identity: string, email: string, path: string): Promise<URL> {
  const maildev = process.env['MAILDEV_URL'];
  for (const deadline = Date.now() + (maildev ? PATIENCE : 0); ; await sleep(250)) {
    const href = latestIn(maildev ? await caughtBy(maildev) : await waitingAt(identity), email, path);
    if (href) return new URL(href.replaceAll('&amp;', '&'));
    if (Date.now() >= deadline) throw new Error(`no mail to ${email} links to ${path}`);
  }
}

function latestIn(mails: string[], email: string, path: string): string | undefined {
  const mail = mails.find((each) => each.includes(email) && each.includes(path));
  return new RegExp(`href="([^"]*${path}\\?[^"]*)"`).exec(mail ?? '')?.[1];
}

/** Development's page of waiting mails, the newest first. */
async function waitingAt(identity: string): Promise<string[]> {
  return (await send(`${identity}/dev/mails`)).text.split('<article');
}

/** What MailDev has caught, the newest first. */
async function caughtBy(maildev: string): Promise<string[]> {
  const mails = (await send(`${maildev}/email`)).json<
    { to: object; html: string }[] & Record<string, unknown>
  >();
  return mails.map(({ to, html }) => `${JSON.stringify(to)} ${html}`).toReversed();
}
