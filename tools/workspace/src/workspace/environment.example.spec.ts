import { describe, expect, it } from 'vitest';
import type { App } from './apps.ts';
import { checkPort, workspaceExample } from './environment.example.ts';

const app = (name: string, port: number) => ({ name, port }) as App;
const example = (name: string, port: number) => ({
  app: app(name, port),
  text: `# Generated from X.\n\n# Level.\n# LOG_LEVEL=info\n\n# Port.\n# PORT=${port}\n`,
});

describe("the root's .env.example", () => {
  const text = workspaceExample([example('identity', 3000), example('order-desk', 3002)]);

  it('names a setting once that means the same to all', () => {
    expect(text.match(/LOG_LEVEL=/g)).toHaveLength(1);
  });

  it('names a setting that differs for each service', () => {
    expect(text).toContain('# Port.\n# IDENTITY_PORT=3000\n');
    expect(text).toContain('# ORDER_DESK_PORT=3002\n');
    expect(text).not.toContain('# PORT=');
  });
});

describe("an app's port", () => {
  it('is the same in its package.json and in its configuration', () => {
    expect(() => checkPort(example('articles', 3001))).not.toThrow();
    expect(() => checkPort({ ...example('articles', 3001), app: app('articles', 30) })).toThrow(
      /make them agree/,
    );
  });
});
