import { ask, NoReply, type Reply } from './reply.ts';

/** What can be seen of a service from outside. */
export type Sighting =
  /** Nothing listens there. */
  | { readonly state: 'absent' }
  /** Something listens that is not this service. */
  | { readonly state: 'foreign' }
  /** Something listens and does not answer. */
  | { readonly state: 'silent' }
  | ({ readonly state: 'running' } & Running);

/** A service that answers. */
export interface Running {
  /** What it lacks to be ready; nothing where it is ready. */
  readonly lacks: readonly string[];
  /** By how much its clock is ahead of ours. Milliseconds, to about a second. */
  readonly clockAhead: number;
  /** Identity's own name for itself, or the issuer that a guarded service trusts (RFC 8414, RFC 9728). */
  readonly issuer: string | undefined;
  /** Its gauges, by name. */
  readonly gauges: ReadonlyMap<string, number>;
}

/** Looks at what listens at `url`, where the service `name` should. */
export async function lookAt(url: string, name: string): Promise<Sighting> {
  try {
    const live = await ask(`${url}/health/live`);
    const described = await ask(`${url}/openapi.json`);
    const title = described.json<{ info?: { title?: string } }>()?.info?.title;
    if (live.status !== 200 || title !== name) return { state: 'foreign' };
    return { state: 'running', clockAhead: clockAhead(live), ...(await detailsOf(url)) };
  } catch (error) {
    if (!(error instanceof NoReply)) throw error;
    if (error.refused) return { state: 'absent' };
    return { state: isTimeout(error) ? 'silent' : 'foreign' };
  }
}

async function detailsOf(url: string): Promise<Omit<Running, 'clockAhead'>> {
  const [ready, metrics, server, resource] = await Promise.all([
    ask(`${url}/health/ready`),
    ask(`${url}/metrics`),
    ask(`${url}/.well-known/oauth-authorization-server`),
    ask(`${url}/.well-known/oauth-protected-resource`),
  ]);
  return {
    lacks: lacking(ready),
    gauges: gaugesIn(metrics.body),
    issuer:
      server.json<{ issuer?: string }>()?.issuer ??
      resource.json<{ authorization_servers?: string[] }>()?.authorization_servers?.[0],
  };
}

function lacking(ready: Reply): string[] {
  if (ready.status === 200) return [];
  const { detail = '' } = ready.json<{ detail?: string }>() ?? {};
  return /^Not ready: (.+)\.$/.exec(detail)?.[1]?.split(', ') ?? ['an answer'];
}

function clockAhead({ headers }: Reply): number {
  const theirs = Date.parse(headers.date ?? '');
  return Number.isNaN(theirs) ? 0 : theirs - Date.now();
}

function gaugesIn(text: string): Map<string, number> {
  const lines = text.matchAll(/^([a-z_]+) (-?[\d.e+]+|\+Inf|NaN)$/gm);
  return new Map([...lines].map(([, name, value]) => [name!, Number(value!.replace('+Inf', 'Infinity'))]));
}

function isTimeout({ cause }: NoReply): boolean {
  return (
    (cause as { name?: string }).name === 'AbortError' || (cause as { name?: string }).name === 'TimeoutError'
  );
}
