import { parseArgs } from 'node:util';
import { consumerBench } from './consumer/consumer.bench.js';
import { growthBench } from './growth/growth.bench.js';
import { guardBench } from './guard/guard.bench.js';
import { SUBJECTS } from './guard/subjects.js';
import { importBench } from './import/import.bench.js';
import { revocationBench, revocationMemory } from './revocation/revocation.bench.js';

const USAGE = `npm run bench -- guard [--rounds 5] [--seconds 3] [--connections 64]
                       [--algorithm ES256,RS256] [--workload hot,thousand,distinct] [--subject gatehouse,…]
npm run bench -- revocation [--guards 20,500] [--revocations 100] [--database mysql://root@127.0.0.1:3306/bench]
                            [--entries 1000000]
npm run bench -- consumer [--rounds 5] [--seconds 3] [--connections 64] [--articles 2] [--callers 10]
npm run bench -- growth [--users 1000000] [--rounds 5] [--seconds 3]
npm run bench -- import [--records 100000]`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '64' },
    algorithm: { type: 'string', default: 'ES256,RS256' },
    workload: { type: 'string', default: 'hot,thousand,distinct' },
    subject: { type: 'string', default: Object.keys(SUBJECTS).join(';') },
    guards: { type: 'string', default: '20,500' },
    revocations: { type: 'string', default: '100' },
    database: { type: 'string' },
    entries: { type: 'string', default: '1000000' },
    articles: { type: 'string', default: '2' },
    callers: { type: 'string', default: '10' },
    users: { type: 'string', default: '1000000' },
    records: { type: 'string', default: '100000' },
  },
});

if (positionals[0] === 'guard') {
  await guardBench({
    algorithms: values.algorithm.split(',') as ('ES256' | 'RS256')[],
    workloads: values.workload.split(','),
    subjects: values.subject.split(';'),
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    connections: Number(values.connections),
  });
} else if (positionals[0] === 'revocation') {
  await revocationBench({
    guards: values.guards.split(',').map(Number),
    revocations: Number(values.revocations),
    databaseUrl: values.database,
  });
  await revocationMemory(Number(values.entries));
} else if (positionals[0] === 'consumer') {
  await consumerBench({
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    connections: Number(values.connections),
    articles: Number(values.articles),
    callers: Number(values.callers),
  });
} else if (positionals[0] === 'growth') {
  await growthBench({
    users: atLeast(1_000, 'users'),
    rounds: atLeast(1, 'rounds'),
    seconds: atLeast(1, 'seconds'),
  });
} else if (positionals[0] === 'import') {
  await importBench(atLeast(100, 'records'));
} else {
  console.error(USAGE);
  process.exitCode = 1;
}

/** An option that is a number. */
function atLeast(least: number, name: 'users' | 'rounds' | 'seconds' | 'records'): number {
  const number = Number(values[name]);
  if (!Number.isInteger(number) || number < least) {
    console.error(`--${name} must be a whole number from ${least.toLocaleString('en')} on.`);
    process.exit(2);
  }
  return number;
}
