import { request as httpRequest } from 'node:http';
import { createService, loadConfig } from '@gatehouse/service-kit';
import { json, type TestAnswer, TestIdentity, TestServer } from '@gatehouse/testing';
import { AppModule } from '../app.module.js';
import { ConsumerConfig } from '../consumer.config.js';

/** A running consumer, the identity it logs in at and a stand-in for articles: real servers, all three. */
export interface ConsumerTestApp {
  url: string;
  /** Signs the tokens. */
  issuer: TestIdentity;
  /** What stands between consumer and the issuer, and passes everything on until a test says otherwise. */
  identity: TestServer;
  articles: TestServer;
  /** How often the service logged in. */
  logins(): number;
  /** Asks for a path; with claims, as the caller they describe. */
  get(path: string, as?: object, headers?: Record<string, string>): Promise<Response>;
  close(): Promise<void>;
}

/** What a test may want otherwise. */
export interface ConsumerTestOptions {
  /** Settings; nothing is kept by default, so that every request reaches articles. */
  env?: Record<string, string>;
  /** How identity answers from the start. */
  identity?: TestAnswer;
}

/** What articles answers unless a test says otherwise. */
export const ARTICLES = [
  {
    id: 1,
    title: 'first article',
    body: 'é 漢 😀',
    created_at: '2026-01-01T00:00:00.000Z',
    updated_at: '2026-01-01T00:00:00.000Z',
  },
];

/** Starts a consumer on a free port. */
export async function createConsumerTestApp(options: ConsumerTestOptions = {}): Promise<ConsumerTestApp> {
  const issuer = await TestIdentity.start();
  const identity = await TestServer.start(options.identity ?? passedOnTo(issuer));
  const articles = await TestServer.start(json(ARTICLES));
  const config = loadConfig(ConsumerConfig, {
    NODE_ENV: 'test',
    ISSUER: issuer.issuer,
    IDENTITY_URL: identity.url,
    ARTICLES_URL: articles.url,
    CACHE_FRESH: '0s',
    CACHE_STALE_IF_ERROR: '0s',
    LOG_LEVEL: 'silent',
    ...options.env,
  });
  const app = await createService({ name: 'consumer', config, module: (each) => AppModule.forRoot(each) });
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  return {
    url,
    issuer,
    identity,
    articles,
    logins: () => identity.requests.filter(({ url }) => url === '/oauth/token').length,
    get: (path, as, headers = {}) => {
      const authorization = as && `Bearer ${issuer.tokenFor({ ...as })}`;
      return fetch(url + path, { headers: { ...(authorization && { authorization }), ...headers } });
    },
    close: async () => {
      await app.close();
      await Promise.all([issuer.close(), identity.close(), articles.close()]);
    },
  };
}

/** Passes each request on, and the answer back as it comes: the feed has no end. */
export function passedOnTo({ issuer }: TestIdentity): TestAnswer {
  return ({ method, url, headers, body }, response) => {
    const request = httpRequest(issuer + url, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    });
    request.on('error', () => response.destroy());
    response.on('close', () => request.destroy());
    request.end(body);
  };
}
