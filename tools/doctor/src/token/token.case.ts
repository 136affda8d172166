import { ask, type Reply } from '../setup/reply.ts';
import type { ServiceSetup, Setup } from '../setup/setup.ts';
import type { TokenQuestion } from './token.question.ts';

/** A JWS taken apart and not yet believed. */
export interface OpenedToken {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** A token, the service that it is for, and what both say of themselves. */
export class TokenCase {
  readonly question: TokenQuestion;
  readonly setup: Setup;
  /** The workspace's service at that address, where it is one. */
  readonly service: ServiceSetup | undefined;
  /** Whose tokens the service trusts (RFC 9728 §2). */
  readonly issuer: string;
  /** Where that issuer is reached from here. */
  readonly identityUrl: string;
  /** By how much the service's clock is ahead of ours. Milliseconds. */
  readonly clockAhead: number;

  constructor(question: TokenQuestion, setup: Setup, metadata: Reply) {
    this.question = question;
    this.setup = setup;
    this.service = setup.services.find(
      ({ url, env }) => isSame(url, question.service) || env['PUBLIC_URL'] === question.service,
    );
    const document = metadata.json<{ authorization_servers?: string[] }>();
    this.issuer = document?.authorization_servers?.[0] ?? '';
    this.identityUrl =
      this.issuer === setup.identity.setting('PUBLIC_URL') ? setup.identity.url : this.issuer;
    this.clockAhead = Date.parse(metadata.headers.date ?? '') - Date.now() || 0;
  }

  /** Header and claims; undefined where the token is no JWS of JSON objects. */
  get opened(): OpenedToken | undefined {
    const [header, claims] = this.question.token.split('.').map(objectIn);
    return header && claims ? { header, claims } : undefined;
  }

  /** Whom the service takes tokens for. No document tells it: its settings do, or the person who asks. */
  get audience(): string {
    return this.question.audience ?? this.service?.setting('AUDIENCE') ?? 'gatehouse';
  }

  /** As whom identity is asked about the token: as the service itself, or as another one where it has no client. */
  get client(): ServiceSetup {
    return this.service?.described.has('CLIENT_ID') ? this.service : this.setup.guarded[0]!;
  }

  /** The service's clock. Milliseconds since the epoch. */
  get now(): number {
    return Date.now() + (Math.abs(this.clockAhead) > 1_500 ? this.clockAhead : 0);
  }

  /** A service's document at its issuer. */
  ofIdentity(path: string): Promise<Reply> {
    return ask(`${this.identityUrl}${path}`);
  }
}

function objectIn(part: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(Buffer.from(part, 'base64url').toString()) as unknown;
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined; // No JSON: what that means is for whoever asked.
  }
}

function isSame(left: string, right: string): boolean {
  const port = (url: string) => URL.parse(url)?.port;
  return port(left) === port(right);
}
