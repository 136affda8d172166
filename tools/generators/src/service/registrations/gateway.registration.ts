import type { Tree } from '@nx/devkit';
import { appsIn, existingService, type Service } from '../service.ts';

/** A file for each service: what is behind its own port, and what of the one origin is its. */
const FOLDERS = ['deploy/gateway/services', 'deploy/gateway/origin'];

/** At the gateway of Docker Compose, as another service is. */
export function registerGateway(tree: Tree, { plural, port }: Service): void {
  const others = appsIn(tree).filter((app) => app !== 'identity' && app !== plural);
  for (const folder of FOLDERS) {
    const other = others.find((app) => tree.exists(`${folder}/${app}.conf`));
    if (!other) continue;
    const model = existingService(tree, other);
    const text = (tree.read(`${folder}/${other}.conf`, 'utf8') ?? '')
      .replaceAll('(api/)?', '') // Where clients of old find articles.
      .replaceAll(model.plural, plural)
      .replaceAll(String(model.port), String(port));
    tree.write(`${folder}/${plural}.conf`, text);
  }
}
