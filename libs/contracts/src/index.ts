// Some DTOs say @Type, which reads metadata while they are defined: whoever imports this needs nothing beside it.
import 'reflect-metadata';
export { LOCALES, type Locale } from './accounts/locale.js';
export {
  ChangePasswordRequest,
  DeleteOwnAccountRequest,
  UpdateOwnAccountRequest,
} from './accounts/own-account.dto.js';
export { NewPasswordRequest, PasswordResetRequest } from './accounts/password-reset.dto.js';
export {
  Accepted,
  ConfirmationRequest,
  ConfirmationResendRequest,
  SignUpRequest,
} from './accounts/sign-up.dto.js';
export { UserDto } from './accounts/user.dto.js';
export { AuditEventDto, AuditEventPageQuery } from './admin/audit-event.dto.js';
export {
  ChangeClientRequest,
  ClientDto,
  ClientWithSecretDto,
  RegisterClientRequest,
} from './admin/client.dto.js';
export { SigningKeyDto } from './admin/signing-key.dto.js';
export {
  AdministeredUserDto,
  ChangeUserRequest,
  InviteUserRequest,
  UserPageQuery,
} from './admin/user.dto.js';
export { ApiKeyDto, CreateApiKeyRequest, NewApiKeyDto } from './api-keys/api-key.dto.js';
export { ArticleDto, ArticlePageQuery, CreateArticleDto, UpdateArticleDto } from './articles/article.dto.js';
export { BrowserEnvelope, BrowserUser } from './doors/browser.dto.js';
export { DeviseSignInRequest, DeviseToken } from './doors/devise-key.dto.js';
export {
  DoorkeeperEnvelope,
  DoorkeeperLogin,
  DoorkeeperRefresh,
  DoorkeeperToken,
} from './doors/doorkeeper.dto.js';
export type { AccessTokenClaims, Actor } from './identity/access-token.claims.js';
export { DEMO_ADMIN_ID, DEMO_READER_ID } from './identity/demo.data.js';
export { ProtectedResourceMetadata } from './identity/protected-resource.dto.js';
export { sessionCookieName, type SessionCookieScope } from './identity/session-cookie.js';
export { SCOPES, type Scope, USER_SCOPES } from './identity/scopes.js';
export { SessionDto } from './identity/session.dto.js';
export { OAUTH_ERRORS, type OAuthErrorCode, OAuthErrorBody, TokenResponse } from './identity/token.dto.js';
export { EmailAndPassword, UserToken, UserTokenRequest } from './identity/user-token.dto.js';
export { DomainError, type DomainErrorOptions, type FieldErrors } from './problems/domain.error.js';
export { PROBLEMS, type ProblemCode } from './problems/problem.catalogue.js';
export { Problem, PROBLEM_MEDIA_TYPE, problemOf } from './problems/problem.js';
export {
  Forbidden,
  MalformedRequest,
  NotFound,
  PreconditionFailed,
  Unavailable,
  ValidationFailed,
} from './problems/request.errors.js';
export {
  type CompactRevocation,
  RevocationSnapshotDto,
  RevocationSnapshotQuery,
} from './revocation/revocation-snapshot.dto.js';
export { REVOCATION_KINDS, RevocationDto, type RevocationKind } from './revocation/revocation.dto.js';
export { Characters } from './validation/characters.decorator.js';
export { isEmailAddress, normalizedEmail } from './validation/email-address.decorator.js';
export { IfPresent } from './validation/if-present.decorator.js';
