export { compileClient } from './client.compilation.ts';
export { clientTypes } from './client.types.ts';
