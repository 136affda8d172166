import { parse } from 'node:querystring';
import { MalformedRequest } from '@gatehouse/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { parseJson } from './json.parser.js';

const JSON_TYPE = /^application\/(?:[\w!#$&^.-]+\+)?json(?:\s*;|$)/i;

/** Reads JSON and form-encoded bodies, and no others: the rest is 415. */
export function addBodyParsers(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    JSON_TYPE,
    { parseAs: 'string' },
    async (request: FastifyRequest, text: string) => jsonBody(request.method, text),
  );
  fastify.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    async (_: FastifyRequest, text: string) => formBody(text),
  );
}

function jsonBody(method: string, text: string): unknown {
  // Many clients name a content type whether or not they send a body; a DELETE needs none.
  if (text === '' && method === 'DELETE') return undefined;
  return parseJson(text);
}

function formBody(text: string): Record<string, unknown> {
  const form = { ...parse(text) };
  if (Object.hasOwn(form, '__proto__')) {
    throw new MalformedRequest('A member of the body has a name that is not allowed.');
  }
  return form;
}
