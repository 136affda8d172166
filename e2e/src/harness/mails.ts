import { send } from './http.js';

/** The link that was mailed last to an address, as development's page of waiting mails shows it. */
export async function latestLinkTo(identity: string, email: string, path: string): Promise<URL> {
  const { text } = await send(`${identity}/dev/mails`);
  const mail = text.split('<article').find((article) => article.includes(email) && article.includes(path));
  const [, href] = new RegExp(`href="([^"]*${path}\\?[^"]*)"`).exec(mail ?? '') ?? [];
  if (!href) throw new Error(`no mail to ${email} links to ${path}`);
  return new URL(href.replaceAll('&amp;', '&'));
}
