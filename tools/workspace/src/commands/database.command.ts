import { runNode } from '../processes/tool.process.ts';
import { findApps } from '../workspace/apps.ts';
import { build } from '../workspace/build.ts';
import { environmentOf } from '../workspace/environment.ts';

/** `npm run db:migrate` and `npm run db:seed`: each service does it to its own database, and says what it did. */
export function database(task: 'migrate' | 'seed'): () => Promise<number> {
  return async () => {
    await build();
    const apps = findApps();
    for (const app of apps) {
      const { ok } = await runNode([app.main, task], { env: environmentOf(app, apps, process.env) });
      if (!ok) return 1;
    }
    return 0;
  };
}
