import type { Tree } from '@nx/devkit';
import { appsIn, existingService, type Service } from '../service.ts';

const SERVICES = 'deploy/gateway/services';

/** By its own port at the gateway of Docker Compose, as another service is. */
export function registerGateway(tree: Tree, { plural, port }: Service): void {
  const others = appsIn(tree).filter((app) => app !== 'identity' && app !== plural);
  const other = others.find((app) => tree.exists(`${SERVICES}/${app}.conf`));
  if (!other) return;
  const model = existingService(tree, other);
  const text = tree.read(`${SERVICES}/${other}.conf`, 'utf8') ?? '';
  const own = text.replaceAll(model.plural, plural).replaceAll(String(model.port), String(port));
  tree.write(`${SERVICES}/${plural}.conf`, own);
}
