import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runNode } from '../processes/tool.process.ts';
import type { App } from '../workspace/apps.ts';
import { Trouble } from '../workspace/trouble.ts';

/** A route of a service, as the service itself tells it (`node dist/main.js routes`). */
export interface AppRoute {
  readonly method: string;
  readonly path: string;
  /** Absent where no controller answers: then no guard stands before it. */
  readonly handler?: string;
  readonly access?: {
    readonly openness: 'guarded' | 'public' | 'anonymous';
    readonly scopes: readonly string[];
    readonly roles: readonly (readonly string[])[];
    readonly apiKey: boolean;
  };
  readonly guards: readonly string[];
}

/** Every route of a built app, as it is in development: with all its doors open, and a database of its own. */
export async function routesOfApp(app: App): Promise<AppRoute[]> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-routes-'));
  const lines: string[] = [];
  try {
    const { ok, output } = await runNode([app.main, 'routes'], {
      quiet: true,
      onLine: (line) => lines.push(line),
      // Nobody is asked: what it would fetch from identity is not needed to say what it answers.
      env: {
        NODE_ENV: 'development',
        ISSUER: 'http://localhost:9',
        DATABASE_URL: `sqlite:${join(folder, 'routes.sqlite')}`,
      },
    });
    if (!ok) throw new Trouble(`${app.name} does not tell its routes:\n${output}`);
    return JSON.parse(lines.at(-1) ?? '[]') as AppRoute[];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
