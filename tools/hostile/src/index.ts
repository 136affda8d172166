export { Controls } from './controls.ts';
export type { Service } from './services.ts';
