import { type Person, serveBetterAuth } from '../load/better-auth.js';

// Started by the bench: tells its address.
const { file, ...person } = JSON.parse(process.argv[2]!) as Person & { file: string };
const { url } = await serveBetterAuth(file, person);
process.on('disconnect', () => process.exit());
process.send!({ url });
