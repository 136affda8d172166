import { styleText } from 'node:util';
import { routesOfApp } from '../routes/app.routes.ts';
import { HEADING, rowOf } from '../routes/route.rows.ts';
import { table } from '../terminal/table.ts';
import { findApps } from '../workspace/apps.ts';
import { build } from '../workspace/build.ts';

/** `npm run routes`: every route of every service, with who may come. */
export async function routes(): Promise<number> {
  await build();
  const apps = findApps();
  const all = await Promise.all(apps.map(routesOfApp));
  for (const [i, app] of apps.entries()) {
    const rows = all[i]!.map((route) => rowOf(route).map(emphasised));
    console.log(`\n${styleText('bold', app.name)}\n${table(HEADING, rows)}`);
  }
  return 0;
}

/** What stands between stars in the document. */
function emphasised(cell: string): string {
  return cell.replace(/\*\*(.+?)\*\*/g, (_, words: string) => styleText('yellow', words));
}
