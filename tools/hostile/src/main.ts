import { givenArguments } from '@gatehouse/workspace';
import { attack, attackTokens } from './attack.ts';
import { Controls } from './controls.ts';
import { patienceWith } from './patience.ts';
import { nameOf, type Route, routesOf } from './routes.ts';
import { type DatabaseKind, startServices } from './services.ts';
import { Tally } from './tally.ts';

const USAGE = 'npm run hostile -- [--quick] [--inputs 1000000] [--seed 1] [--database sqlite|mariadb]';
const QUICK = 21_000;

const { values } = givenArguments(
  {
    options: {
      quick: { type: 'boolean', default: false },
      inputs: { type: 'string' },
      seed: { type: 'string', default: '1' },
      database: { type: 'string', default: 'sqlite' },
    },
  },
  USAGE,
);
const inputs = Number(values.inputs ?? (values.quick ? QUICK : 1_000_000));
if (!Number.isInteger(inputs) || !['sqlite', 'mariadb'].includes(values.database)) {
  console.error(USAGE);
  process.exit(2);
}

const started = performance.now();
const running = await startServices(values.database as DatabaseKind);
try {
  const tally = new Tally();
  const routes = (await Promise.all(running.services.map(routesOf))).flat();
  const identity = running.services.find(({ name }) => name === 'identity')!;
  const controls = new Controls(running.services);
  const guarded = await takeControls(routes, controls, tally);
  const patience = await patienceWith(identity);
  console.log(
    `${routes.length} routes, ${guarded.length} of them guarded; seed ${values.seed}; an answer may take ${Math.round(patience)} ms`,
  );
  const begun = performance.now();
  const tokens = await attackTokens({ identity, routes: tokensGoTo(guarded, inputs), tally, patience });
  console.log(`${tokens} tokens that are none, at ${tokensGoTo(guarded, inputs).length} routes`);
  await attack({
    identity,
    routes,
    inputs,
    begun,
    seed: Number(values.seed),
    tally,
    patience,
  });
  await takeControls(routes, controls, tally);
  if (!(await running.alive())) tally.flaw('all', 'a service is not ready any more');
  tally.print();
  const share = Math.round((100 * tally.past) / tally.inputs);
  const seconds = Math.round((performance.now() - started) / 1_000);
  console.log(
    `\n  ${tally.inputs} inputs in ${seconds} s, ${share} % past authentication; ${tally.flaws} flaws`,
  );
  for (const failure of tally.failures()) {
    console.error(`  ${failure}`);
    process.exitCode = 1;
  }
} finally {
  await running.stop();
}

/** Sends each route what it accepts; gives those that refuse the same without a credential. */
async function takeControls(all: readonly Route[], controls: Controls, tally: Tally): Promise<Route[]> {
  const guarded: Route[] = [];
  for (const route of all) {
    const answer = await controls.answerOf(route);
    if (answer && isGood(route, answer.status)) tally.control(nameOf(route));
    else
      tally.flaw(
        nameOf(route),
        `a good request was answered ${answer?.status} ${answer?.text.slice(0, 200)}`,
      );
    const bare = await fetch(route.service.url + route.path.replace(/\{[^}]+\}/g, '999999'), {
      method: route.method,
    });
    await bare.body?.cancel();
    if (bare.status === 401) guarded.push(route);
  }
  return guarded;
}

/** Metadata below the root are only where a service's address has a path (RFC 9728 §3.1), and here none has. */
function isGood({ path }: Route, status: number): boolean {
  return path.startsWith('/.well-known/oauth-protected-resource/{') ? status === 404 : status < 400;
}

/** A fifth of the inputs is for tokens at most: the others are to get further. */
function tokensGoTo(guarded: readonly Route[], count: number): Route[] {
  const services = ['articles', 'consumer', 'identity'];
  const sorted = guarded.toSorted(
    (a, b) => services.indexOf(a.service.name) - services.indexOf(b.service.name),
  );
  return sorted.slice(0, Math.max(1, Math.floor((count * 0.2) / 600)));
}
