import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runNode } from '../processes/tool.process.ts';
import type { App } from '../workspace/apps.ts';
import { Trouble } from '../workspace/trouble.ts';
import type { ApiDocument } from './api.document.ts';

/** An app's OpenAPI document, as the app itself tells it: with every door open, over a database that is thrown away. */
export async function documentOf(app: App): Promise<ApiDocument> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-openapi-'));
  const env = {
    ...process.env,
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    DATABASE_URL: `sqlite:${folder}/data.sqlite`,
  };
  try {
    const { ok, output } = await runNode([app.main, 'openapi'], { quiet: true, env });
    if (!ok) throw new Trouble(`${app.name} does not tell its OpenAPI document:\n${output}`);
    return JSON.parse(output) as ApiDocument;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
