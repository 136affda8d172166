export { TestClock } from './test.clock.js';
export { TestFeed } from './test.feed.js';
export { TestIdentity, type TestIdentityOptions, type TestRevocation } from './test.identity.js';
export { json, type ReceivedRequest, type TestAnswer, TestServer } from './test.server.js';
export type { TestClaims, TokenOverrides } from './test.token.js';
export {
  checkConformance,
  type ConformanceOptions,
  type ServiceUnderTest,
} from './conformance/conformance.js';
export type { Ability, ConformanceProfile, ConformanceRoute } from './conformance/conformance.profile.js';
export { type CaseResult, ConformanceReport } from './conformance/conformance.report.js';
export { type ConformanceSettings, environmentOf } from './conformance/conformance.settings.js';
export { reportAsJson, reportAsJunit, reportAsTable } from './conformance/report.formats.js';
export type { ConformanceIssuer } from './conformance/token.forge.js';
