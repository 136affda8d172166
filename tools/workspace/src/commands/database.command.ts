import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runNode } from '../processes/tool.process.ts';
import { type App, findApps } from '../workspace/apps.ts';
import { build } from '../workspace/build.ts';
import { environmentOf } from '../workspace/environment.ts';

/** `npm run db:migrate` and `npm run db:seed`: each service does it to its own database, and says what it did. */
export function database(task: 'migrate' | 'seed'): () => Promise<number> {
  return async () => {
    await build();
    const apps = findApps();
    for (const app of apps.filter(hasData)) {
      const env = { LOG_LEVEL: 'warn', ...environmentOf(app, apps, process.env) };
      const { ok } = await runNode([app.main, task], { env });
      if (!ok) return 1;
    }
    return 0;
  };
}

/** An app with data keeps its migrations in `src/database`. */
function hasData(app: App): boolean {
  return existsSync(join(app.directory, 'src/database'));
}
