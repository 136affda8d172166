import type { Tree } from '@nx/devkit';
import type { Service } from '../service.ts';
import { registerBuild } from './build.registration.ts';
import { registerClient } from './client.registration.ts';
import { registerContainer } from './compose.registration.ts';
import { registerContracts } from './contracts.registration.ts';
import { registerDocuments } from './documents.registration.ts';
import { registerGateway } from './gateway.registration.ts';
import { registerScopes } from './scopes.registration.ts';

/** Enters a service in one place that knows of all of them. Where it is entered already, nothing changes. */
export type Registration = (tree: Tree, service: Service) => void;

const REGISTRATIONS: readonly Registration[] = [
  registerContracts,
  registerScopes,
  registerClient,
  registerBuild,
  registerContainer,
  registerGateway,
  registerDocuments,
];

/** Enters a service everywhere. */
export function register(tree: Tree, service: Service): void {
  for (const registration of REGISTRATIONS) registration(tree, service);
}
