export type { Finding } from './check.ts';
export { examine, type Result } from './doctor.ts';
export { setupOf, type Setup } from './setup/setup.ts';
export { explain } from './token/explain.ts';
export type { Explanation, Reason } from './token/explanation.ts';
export { questionOf } from './token/token.question.ts';
