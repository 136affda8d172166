export { TestFeed } from './test.feed.js';
export { TestIdentity, type TestIdentityOptions } from './test.identity.js';
export { json, type ReceivedRequest, type TestAnswer, TestServer } from './test.server.js';
export type { TokenOverrides, TestClaims } from './test.token.js';
