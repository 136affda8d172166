export { bearerToken } from './bearer/authorization.header.js';
export { challenge, type Challenge } from './bearer/challenge.js';
export type { KeySource } from './keys/key.source.js';
export { KeysUnavailable } from './keys/keys-unavailable.error.js';
export { LocalKeySource } from './keys/local.key-source.js';
export { RemoteKeySource, type RemoteKeySourceOptions } from './keys/remote.key-source.js';
export {
  type SignatureAlgorithm,
  UnsuitableKey,
  type VerificationKey,
  verificationKey,
} from './keys/verification.key.js';
export { InvalidToken } from './verify/invalid-token.error.js';
export {
  MAXIMUM_SKEW,
  TokenVerifier,
  type TokenVerifierOptions,
  type VerifiedToken,
} from './verify/token.verifier.js';
