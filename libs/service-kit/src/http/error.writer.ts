import type { Type } from '@nestjs/common';
import { PROBLEM_MEDIA_TYPE, PROBLEMS, problemOf, type DomainError } from '@gatehouse/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** An error answer, ready to be sent. */
export interface ErrorAnswer {
  status: number;
  /** Beside those of the error itself. */
  headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; bytes as they are. */
  body: unknown;
  /** `application/json` where left out. */
  contentType?: string;
}

/**
 * How everything below a path says no, where its clients know another format than problem+json: an unknown route, a
 * wrong method, a broken or too large body included.
 */
export interface ErrorFormat {
  /** A path such as `/oauth`; it covers itself and everything below it. */
  prefix: string;
  /** What its bodies are, for the OpenAPI document, where they are no problems. */
  body?: Type;
  /** @returns undefined where a problem is what the caller understands */
  write(error: DomainError, request: RefusedRequest): ErrorAnswer | undefined;
}

/** What is known of a request that is refused, which may be no more than its path. */
export type RefusedRequest = Pick<FastifyRequest, 'id' | 'url' | 'headers' | 'body' | 'query'>;

/** Writes every error answer of a service, each in the format of its route. */
export class ErrorWriter {
  constructor(private readonly formats: readonly ErrorFormat[] = []) {}

  write(error: DomainError, request: FastifyRequest, reply: FastifyReply): void {
    const { status, headers, body, contentType = 'application/json' } = this.answerTo(error, request);
    void reply
      .code(status)
      .headers({ ...error.headers, ...headers, 'content-type': contentType })
      // As bytes, so that Fastify adds no charset, which JSON's media types do not have (RFC 8259 §11).
      .send(bytesOf(body));
  }

  /** What is to be written, for those who have no reply to write it to. */
  answerTo(error: DomainError, request: RefusedRequest): ErrorAnswer {
    const format = formatAt(pathOf(request.url), this.formats);
    return format?.write(error, request) ?? problemAnswer(error, request.id);
  }
}

/** The format that counts at a path: the one of the closest prefix; undefined where problems are written. */
export function formatAt(path: string, formats: readonly ErrorFormat[]): ErrorFormat | undefined {
  const [closest] = formats
    .filter(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`))
    .sort((one, other) => other.prefix.length - one.prefix.length);
  return closest;
}

/** The body of an error answer as it is sent. */
export function bytesOf(body: unknown): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
}

/** As the router reads it: of an absolute target the path alone, and unescaped. */
function pathOf(target: string): string {
  const path = target.startsWith('/') ? target.split('?', 1)[0]! : (URL.parse(target)?.pathname ?? target);
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

/** An error as problem+json (RFC 9457). */
function problemAnswer(error: DomainError, requestId: string): ErrorAnswer {
  return {
    status: PROBLEMS[error.code].status,
    body: problemOf(error, requestId),
    contentType: PROBLEM_MEDIA_TYPE,
  };
}
