export { TestClock } from './test.clock.js';
export { TestFeed } from './test.feed.js';
export { TestIdentity, type TestIdentityOptions, type TestRevocation } from './test.identity.js';
export { json, type ReceivedRequest, type TestAnswer, TestServer } from './test.server.js';
export type { TestClaims, TokenOverrides } from './test.token.js';
