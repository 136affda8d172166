import { isUtf8 } from 'node:buffer';
import { parse } from 'node:querystring';
import { MalformedRequest } from '@gatehouse/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { RequestRefused } from './http.errors.js';
import { parseJson } from './json.parser.js';

const CHARSET = /;\s*charset\s*=\s*"?([^\s;"]+)/i;
const JSON_TYPE = /^application\/(?:[\w!#$&^.-]+\+)?json(?:\s*;|$)/i;

/** Reads JSON and form-encoded bodies, and no others: the rest is 415. */
export function addBodyParsers(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    JSON_TYPE,
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => jsonBody(textOf(request, body)),
  );
  fastify.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => formBody(textOf(request, body)),
  );
}

/** RFC 8259 §8.1: JSON between systems is UTF-8; so are the forms of browsers. */
function textOf({ headers }: FastifyRequest, body: Buffer): string {
  const charset = CHARSET.exec(headers['content-type'] ?? '')?.[1] ?? 'utf-8';
  if (!/^utf-?8$/i.test(charset)) throw new RequestRefused('unsupported_media_type', 'Send UTF-8.');
  if (!isUtf8(body)) throw new MalformedRequest('The body is not UTF-8.');
  return body.toString();
}

function jsonBody(text: string): unknown {
  // Many clients name a content type whether or not they send a body: nothing is no body, and no broken one.
  return text === '' ? undefined : parseJson(text);
}

function formBody(text: string): Record<string, unknown> {
  // Without the member `__proto__`, like a JSON body: spread, it would become a prototype.
  return Object.fromEntries(Object.entries(parse(text)).filter(([name]) => name !== '__proto__'));
}
