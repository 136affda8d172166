import { Trouble } from '@gatehouse/workspace';
import { ask } from '../setup/reply.ts';

/** No token of anybody's: a guarded route refuses it, also one that serves who sends none. */
const NO_TOKEN = { authorization: 'Bearer none' };

/** A path that needs no id and is guarded, from the service's own description. */
export async function guardedPath(service: string): Promise<string> {
  const document = await ask(`${service}/openapi.json`);
  const { paths = {} } = document.json<{ paths?: Record<string, { get?: object }> }>() ?? {};
  const candidates = Object.keys(paths).filter(
    (path) => paths[path]?.get && !path.includes('{') && !path.includes('.well-known'),
  );
  for (const path of candidates) {
    const { status } = await ask(`${service}${path}`, { headers: NO_TOKEN });
    // 503 is what a guard says that does not know yet whom to believe.
    if (status === 401 || status === 503) return path;
  }
  throw new Trouble(`${service} describes no guarded GET: say with --path what was asked for.`);
}
