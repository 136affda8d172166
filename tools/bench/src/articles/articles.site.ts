import { findApps, ServiceProcess } from '@gatehouse/workspace';
import type { Workplace } from '../report/workplace.js';
import { type IdentityProcess, ISSUER } from '../revocation/identity.process.js';

/** How many articles there are: a page of the usual length, and as many behind it. */
export const ARTICLES = 100;
const BODY = 'An article of a few sentences, as somebody might write it who has little time. '.repeat(3);
const READER = { email: 'reader@example.com', password: 'opensesame-please' };

/** The articles service as it was built, on a database of its own, following an identity. */
export interface ArticlesSite {
  readonly url: string;
  readonly pid: number;
  readonly databaseUrl: string;
}

/** A token of the demo reader, who may read and write articles. */
export async function readersToken(identity: IdentityProcess): Promise<string> {
  const { jwt } = (await post(`${identity.url}/user_token`, { auth: READER })) as { jwt: string };
  return jwt;
}

/** Starts the service, and has the bearer of the token write the articles. */
export async function articlesSite(
  place: Workplace,
  { identity, token, databaseUrl }: { identity: IdentityProcess; token: string; databaseUrl: string },
): Promise<ArticlesSite> {
  const app = findApps().find(({ name }) => name === 'articles')!;
  const env = {
    DATABASE_URL: databaseUrl,
    ISSUER,
    IDENTITY_URL: identity.url,
    PORT: '0',
    LOG_LEVEL: 'warn',
    DEMO_DATA: 'off',
  };
  const service = new ServiceProcess(app, { env });
  place.leaveBy(async () => void (await service.stop()));
  const url = await service.listening;
  await untilReady(url);
  for (let i = 1; i <= ARTICLES; i += 1) {
    await post(`${url}/articles`, { title: `article ${i}`, body: BODY }, token);
  }
  return { url, pid: service.pid, databaseUrl };
}

async function untilReady(url: string): Promise<void> {
  while (!(await fetch(`${url}/health/ready`)).ok) await new Promise((resolve) => setTimeout(resolve, 20));
}

async function post(url: string, body: object, token?: string): Promise<unknown> {
  const headers = {
    'content-type': 'application/json',
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (answer.status !== 201) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}
