import type { Tree } from '@nx/devkit';
import type { Service } from '../service.ts';

const COMPOSE = 'docker-compose.yml';

/** A container of its own, where the workspace is run by Docker Compose. */
export function registerContainer(tree: Tree, _service: Service): void {
  if (!tree.exists(COMPOSE)) return;
}
