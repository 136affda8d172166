export type { ApiKeyExchange } from './api-keys/api-key.tokens.js';
export { AccessModule, type AccessAsyncOptions } from './access.module.js';
export type { AccessOptions } from './access.options.js';
export {
  AllowAnonymous,
  CurrentPrincipal,
  Public,
  RequireApiKey,
  RequireRole,
  RequireScope,
} from './decorators/access.decorators.js';
export { AccessErrorFilter } from './errors/access-error.filter.js';
export { AccessMisconfigured } from './errors/access-misconfigured.error.js';
export { AmbiguousCredentials, InsufficientScope, Unauthenticated } from './errors/credential.errors.js';
export { CsrfFailed } from './errors/csrf-failed.error.js';
export { InsufficientRole } from './errors/insufficient-role.error.js';
export { type AccessRule, AccessRules } from './guard/access.rules.js';
export { JwtAuthGuard } from './guard/jwt-auth.guard.js';
export type { MeasureRegistry } from './metrics/measure.registry.js';
export { authorize, type Policy } from './policies/policy.js';
export type { Principal } from './principal/principal.js';
export type { ReadinessRegistry } from './readiness/readiness.registry.js';
export { RemoteIdentityGuard } from './remote/remote-identity.guard.js';
export { RemoteIdentityModule } from './remote/remote-identity.module.js';
export type { RemoteIdentityOptions } from './remote/remote-identity.options.js';
export { InMemoryRevocations } from './revocation/in-memory.revocations.js';
export {
  type RevocationListener,
  REVOCATIONS,
  type Revocations,
  type RevocationsStatus,
} from './revocation/revocations.js';
export type { ProtectedResourceMetadata } from '@gatehouse/contracts';
export { InvalidToken, KeysUnavailable } from '@gatehouse/tokens';
