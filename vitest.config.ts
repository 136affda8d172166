import { defineConfig } from 'vitest/config';

// Tests run from source: the custom condition maps every @gatehouse package to its src/index.ts. Vitest hands these
// on to Node for every package, where `import` among them would break what CommonJS packages require.
const conditions = ['@gatehouse/source', 'node'];
const source = {
  resolve: { conditions },
  ssr: { resolve: { conditions } },
};
// What comes soon comes later on a busy machine. Where a test is about how soon, it says so.
const PATIENT = { timeout: 10_000 };
const exclude = ['**/node_modules/**', '**/dist/**'];

export default defineConfig({
  test: {
    projects: [
      {
        ...source,
        test: {
          name: 'unit',
          include: ['{libs,apps,tools}/**/*.spec.ts'],
          exclude,
          setupFiles: ['./vitest.setup.ts'],
          expect: { poll: PATIENT },
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      {
        ...source,
        test: {
          name: 'e2e',
          include: ['e2e/src/**/*.spec.ts'],
          // `npm run test:compose` brings up what those need.
          exclude: [...exclude, 'e2e/src/compose/**'],
          setupFiles: ['./vitest.setup.ts'],
          expect: { poll: PATIENT },
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 90_000,
        },
      },
    ],
  },
});
