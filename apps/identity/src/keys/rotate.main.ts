import { createService, loadConfig } from '@gatehouse/service-kit';
import { IDENTITY } from '../identity.service.js';
import { KeyRotation } from './key.rotation.js';

// `npm run keys:rotate`: by hand what the schedule does by itself.
const app = await createService({ ...IDENTITY, config: loadConfig(IDENTITY.config) });
const rotated = await app.get(KeyRotation, { strict: false }).rotate();
console.log(rotated ? 'The next signing key was chosen.' : 'Another replica has rotated the key just now.');
await app.close();
