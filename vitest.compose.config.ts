import { defineConfig } from 'vitest/config';

// What `npm run test:compose` runs against the containers it has brought up: the doors' stories through the gateway,
// and what needs containers.
const conditions = ['@gatehouse/source', 'node'];
const DOORS =
  'account-life,api-key-door,articles-door,browser-door,consumer-door,endings,knock-door,oauth-door';

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: [`e2e/src/stories/{${DOORS}}.spec.ts`, 'e2e/src/compose/*.spec.ts'],
    // The gateway itself refuses an address with a null byte.
    testNamePattern: /^(?!.*knows no article %00)/,
    setupFiles: ['./vitest.setup.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
