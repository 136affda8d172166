import { runNode } from '../processes/tool.process.ts';
import { findApps } from '../workspace/apps.ts';
import { build } from '../workspace/build.ts';
import { environmentOf } from '../workspace/environment.ts';

/**
 * `npm run db:migrate`, `db:seed`: a command of every service's main. One service after the other does it, with the
 * settings that `npm start` would give it, and says what it did.
 */
export function task(name: string): () => Promise<number> {
  return async () => {
    await build();
    const apps = findApps();
    for (const app of apps) {
      const { ok } = await runNode([app.main, name], { env: environmentOf(app, apps, process.env) });
      if (!ok) return 1;
    }
    return 0;
  };
}
