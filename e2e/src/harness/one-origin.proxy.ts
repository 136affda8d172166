import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Gatehouse } from './gatehouse.js';

/** All services behind one origin, as a gateway shows them to browsers. */
export interface OneOrigin {
  readonly port: number;
  /** What was answered so far, as `POST /articles 401`: a browser does not show its pages all of it. */
  readonly answers: readonly string[];
  close(): Promise<void>;
}

/** Where the proxy has an empty page, as a front end would have its own. */
export const FRONT_END = '/front-end';

/** A reverse proxy on a free port of this machine. */
export async function startOneOrigin(gatehouse: Gatehouse): Promise<OneOrigin> {
  const answers: string[] = [];
  const server = createServer((incoming, answer) => {
    answer.on('finish', () => answers.push(`${incoming.method} ${incoming.url} ${answer.statusCode}`));
    const target = targetOf(incoming.url ?? '/', gatehouse);
    if (incoming.url === FRONT_END)
      answer.writeHead(200, { 'content-type': 'text/html' }).end('<title>empty</title>');
    else if (target === undefined) answer.writeHead(404).end();
    else forward(incoming, answer, target);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    answers,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Where a path leads; nowhere for what is of no concern to callers from outside. */
function targetOf(path: string, { identity, articles, consumer }: Gatehouse): string | undefined {
  if (/^\/(consumer\/)?(metrics|health|revocations)\b|^\/consumer\/docs\b/.test(path)) return undefined;
  if (/^\/(api\/)?articles\b/.test(path)) return articles + path;
  if (path.startsWith('/consumer/')) return consumer + path.slice('/consumer'.length);
  // RFC 9728 §3.1: the resource's path comes after the well-known one.
  if (path === '/.well-known/oauth-protected-resource/articles')
    return articles + path.replace(/\/articles$/, '');
  return identity + path;
}

function forward(incoming: IncomingMessage, answer: ServerResponse, target: string): void {
  const { method, headers } = incoming;
  const outgoing = request(target, { method, headers, agent: false }, (upstream) => {
    answer.writeHead(upstream.statusCode!, upstream.headers);
    upstream.pipe(answer);
  });
  outgoing.on('error', () => answer.writeHead(502).end());
  incoming.pipe(outgoing);
}
