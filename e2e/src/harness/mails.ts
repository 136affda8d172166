import { send } from './http.js';

/** The link that was mailed last to an address. */
export async function latestLinkTo(identity: string, email: string, path: string): Promise<URL> {
  const maildev = process.env['MAILDEV_URL'];
  const mails = maildev ? await caughtBy(maildev) : await waitingAt(identity);
  const mail = mails.find((each) => each.includes(email) && each.includes(path));
  const [, href] = new RegExp(`href="([^"]*${path}\\?[^"]*)"`).exec(mail ?? '') ?? [];
  if (!href) throw new Error(`no mail to ${email} links to ${path}`);
  return new URL(href.replaceAll('&amp;', '&'));
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
