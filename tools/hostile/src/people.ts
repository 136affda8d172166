import { Credentials, type Person } from './credentials.ts';
import { send } from './outgoing.ts';
import type { Service } from './services.ts';

/** An admin of their own, so that what ends all the sessions of one ends nobody else's. */
export async function newAdmin(identity: Service, email: string): Promise<Person> {
  const token = await new Credentials(identity).signIn();
  const person = { email, password: `the passphrase of ${email}` };
  await ask(identity, 'POST', '/admin/users', { email, roles: ['admin'] }, token);
  const link = { token: await linkTo(identity, email), password: person.password };
  await ask(identity, 'PUT', '/password_resets', link, token);
  return person;
}

/** The token of the link that was mailed last to an address: development shows the mails that are not sent. */
export async function linkTo(identity: Service, address: string): Promise<string> {
  const page = await send(identity.url, { method: 'GET', target: '/dev/mails' });
  const mail = page?.text.split('<article').find((article) => article.includes(address));
  const [, token] = /[?&]token=([A-Za-z0-9_-]+)/.exec(mail ?? '') ?? [];
  if (!token) throw new Error(`no mail to ${address} has a link`);
  return token;
}

/** Asks a service for something that it must grant; gives the JSON of the answer. */
export async function ask(
  { url }: Service,
  method: string,
  target: string,
  body: object | undefined,
  token: string,
): Promise<Record<string, unknown>> {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await send(url, { method, target, headers, ...(body && { body }) });
  if (!answer || answer.status >= 300) throw new Error(`${method} ${target}: ${answer?.text}`);
  return (answer.text === '' ? {} : JSON.parse(answer.text)) as Record<string, unknown>;
}
