import { TestIdentity } from '../test.identity.js';
import { json, TestServer } from '../test.server.js';
import { casesOf, type ConformanceCase, Deviation } from './conformance.case.js';
import { CASES, START_CASES } from './conformance.cases.js';
import type { ConformanceProfile } from './conformance.profile.js';
import { type CaseResult, ConformanceReport } from './conformance.report.js';
import { COMMENT_EVERY, type ConformanceSettings, settingsFor } from './conformance.settings.js';
import { ENDED_BEFORE } from './cases/revocation.cases.js';
import { mustPass } from './expectations.js';
import type { ConformanceIssuer } from './token.forge.js';
import { Trial } from './trial.js';
import { WEAK_KEYS } from './weak.keys.js';

/**
 * A service that was started to be tried.
 *
 * @example
 * const service: ServiceUnderTest = { url: await app.getUrl(), close: () => app.close() };
 */
export interface ServiceUnderTest {
  readonly url: string;
  /** Who signs its tokens, where that is the service itself (`without: ['remote-issuer']`). */
  readonly issuer?: ConformanceIssuer;
  close?(): unknown;
}

/**
 * A service to try, and how.
 *
 * @example
 * const options: ConformanceOptions = {
 *   profile: { read: { method: 'GET', path: '/orders', scope: 'orders:read', status: 200 } },
 *   start: async ({ issuer, audience, client }) => startOrders({ issuer, audience, client }),
 * };
 */
export interface ConformanceOptions {
  readonly profile: ConformanceProfile;
  /** Starts the service so that it trusts the kit's issuer, and does not wait until it is ready. */
  readonly start: (settings: ConformanceSettings) => Promise<ServiceUnderTest>;
  /** Where the kit's issuer listens, when the service was told before; a free port by default. */
  readonly issuerPort?: number;
  /** Milliseconds in which the service must have become ready; 30 s by default. */
  readonly patience?: number;
  /** Subjects or cases to try alone, such as `CSRF`; all by default. */
  readonly only?: readonly string[];
}

const PATIENCE = 30_000;

/**
 * Tries whether a service is guarded as wire.md and the RFCs behind it say: starts an issuer of its own, has the
 * service started that trusts it, and sends what must be let in and what must not.
 *
 * @example
 * const report = await checkConformance({ profile, start: (settings) => startOrders(settings) });
 * expect(report.failures).toEqual([]);
 */
export async function checkConformance(options: ConformanceOptions): Promise<ConformanceReport> {
  const identity = await TestIdentity.start({ port: options.issuerPort ?? 0, commentEvery: COMMENT_EVERY });
  const decoy = await TestServer.start(json({ keys: [] }));
  identity.feed.hold();
  identity.revoke({ kind: 'session', id: ENDED_BEFORE });
  for (const { jwk } of WEAK_KEYS) identity.publish(jwk);
  let service: ServiceUnderTest | undefined;
  try {
    service = await options.start(settingsFor(identity));
    const trial = trialOf(service, options.profile, identity, decoy);
    return new ConformanceReport(await resultsOf(trial, identity, options), options.profile.without ?? []);
  } finally {
    await service?.close?.();
    await Promise.all([identity.close(), decoy.close()]);
  }
}

function trialOf(
  { url, issuer }: ServiceUnderTest,
  profile: ConformanceProfile,
  identity: TestIdentity,
  decoy: TestServer,
): Trial {
  const own = issuer ? { issuer, identity: undefined } : { issuer: identity, identity };
  return new Trial({ url: url.replace(/\/$/, ''), profile, decoy, ...own });
}

async function resultsOf(
  trial: Trial,
  identity: TestIdentity,
  { only, patience = PATIENCE }: ConformanceOptions,
): Promise<CaseResult[]> {
  const chosen = (cases: readonly ConformanceCase[]) =>
    cases.filter(({ subject, name }) => only?.some((each) => each === subject || each === name) ?? true);
  const results: CaseResult[] = [];
  const run = async (cases: readonly ConformanceCase[]) => {
    for (const each of cases) results.push(await resultOf(each, trial));
  };
  await trial.answers(patience);
  await run(chosen(START_CASES));
  identity.feed.release();
  await run([readyWithin(patience)]);
  if (results.at(-1)?.outcome === 'passed') await run(chosen(CASES));
  return results;
}

/** Nothing else can be tried of a service that lets nobody in. */
function readyWithin(patience: number): ConformanceCase {
  const [becomesReady] = casesOf(
    'start',
    [],
    [
      [
        'lets a good token pass once it knows what has ended',
        'wire.md: a guarded service',
        (trial) =>
          trial.soon(
            () => trial.with(trial.token()),
            (answer) => mustPass(answer, trial.read),
            patience,
          ),
      ],
    ],
  );
  return becomesReady!;
}

async function resultOf({ needs, check, ...about }: ConformanceCase, trial: Trial): Promise<CaseResult> {
  const { subject, name, reference } = about;
  const lacks = needs.filter((ability) => trial.profile.without?.includes(ability));
  if (lacks.length > 0) {
    return {
      subject,
      name,
      reference,
      outcome: 'lacking',
      message: `lacks ${lacks.join(', ')}`,
      milliseconds: 0,
    };
  }
  const began = performance.now();
  const message = await check(trial).then(
    () => undefined,
    (error: unknown) => (error instanceof Deviation ? error.message : `could not be tried: ${String(error)}`),
  );
  const milliseconds = Math.round(performance.now() - began);
  if (message === undefined) return { subject, name, reference, outcome: 'passed', milliseconds };
  return { subject, name, reference, outcome: 'failed', message, milliseconds };
}
