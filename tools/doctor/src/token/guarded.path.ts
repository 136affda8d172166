import { Trouble } from '@gatehouse/workspace';
import { ask } from '../setup/reply.ts';

/** A path that anybody could ask for and that is refused to who has no credential, from the service's own description. */
export async function guardedPath(service: string): Promise<string> {
  const document = await ask(`${service}/openapi.json`);
  const { paths = {} } = document.json<{ paths?: Record<string, { get?: object }> }>() ?? {};
  const candidates = Object.keys(paths).filter(
    (path) => paths[path]?.get && !path.includes('{') && !path.includes('.well-known'),
  );
  for (const path of candidates) {
    if ((await ask(`${service}${path}`)).status === 401) return path;
  }
  throw new Trouble(`${service} describes no guarded GET: say with --path what was asked for.`);
}
