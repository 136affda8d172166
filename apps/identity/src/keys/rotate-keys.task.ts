import type { ServiceTask } from '@gatehouse/service-kit';
import { KeyRotation } from './key.rotation.js';

/** `npm run keys:rotate`: by hand what the schedule does by itself. Running replicas follow within seconds. */
export const rotateKeys: ServiceTask = async (app) => {
  const rotated = await app.get(KeyRotation, { strict: false }).rotate();
  return rotated
    ? 'the next signing key was chosen'
    : 'somebody else has chosen the next signing key just now';
};
