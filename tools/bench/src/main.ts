import { parseArgs } from 'node:util';
import { guardBench } from './guard/guard.bench.js';
import { SUBJECTS } from './guard/subjects.js';

const USAGE = `npm run bench -- guard [--rounds 5] [--seconds 3] [--connections 64]
                       [--algorithm ES256,RS256] [--workload hot,thousand,distinct] [--subject gatehouse,…]`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '64' },
    algorithm: { type: 'string', default: 'ES256,RS256' },
    workload: { type: 'string', default: 'hot,thousand,distinct' },
    subject: { type: 'string', default: Object.keys(SUBJECTS).join(';') },
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
} else {
  console.error(USAGE);
  process.exitCode = 1;
}
