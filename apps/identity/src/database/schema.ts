import { OneTimeToken } from '../accounts/links/one-time-token.entity.js';
import { ExternalId } from '../accounts/transfer/external-id.entity.js';
import { User } from '../accounts/user.entity.js';
import { AuditEvent } from '../audit/audit-event.entity.js';
import { ApiKey } from '../clients/api-keys/api-key.entity.js';
import { ClientSecret } from '../clients/client-secret.entity.js';
import { Client } from '../clients/client.entity.js';
import { SigningKey } from '../keys/signing-key.entity.js';
import { Mail } from '../mail/mail.entity.js';
import { FeedPosition } from '../revocation/feed-position.entity.js';
import { Revocation } from '../revocation/revocation.entity.js';
import { ScheduledTask } from '../scheduling/scheduled-task.entity.js';
import { RefreshToken } from '../sessions/refresh-token.entity.js';
import { Session } from '../sessions/session.entity.js';
import { SigningKeys1780000000001 } from './migrations/1780000000001-signing-keys.migration.js';
import { Accounts1780000000002 } from './migrations/1780000000002-accounts.migration.js';
import { Audit1780000000003 } from './migrations/1780000000003-audit.migration.js';
import { Clients1780000000004 } from './migrations/1780000000004-clients.migration.js';
import { RefreshTokens1780000000005 } from './migrations/1780000000005-refresh-tokens.migration.js';
import { Revocations1780000000010 } from './migrations/1780000000010-revocations.migration.js';
import { Mails1780000000020 } from './migrations/1780000000020-mails.migration.js';
import { OneTimeTokens1780000000021 } from './migrations/1780000000021-one-time-tokens.migration.js';
import { ApiKeys1780000000030 } from './migrations/1780000000030-api-keys.migration.js';
import { Housekeeping1780000000040 } from './migrations/1780000000040-housekeeping.migration.js';
import { ExternalIds1780000000050 } from './migrations/1780000000050-external-ids.migration.js';

/** Every table of identity. */
export const ENTITIES = [
  User,
  OneTimeToken,
  ExternalId,
  Session,
  RefreshToken,
  Client,
  ClientSecret,
  ApiKey,
  SigningKey,
  AuditEvent,
  Mail,
  Revocation,
  FeedPosition,
  ScheduledTask,
];

/** How they came to be, oldest first. */
export const MIGRATIONS = [
  SigningKeys1780000000001,
  Accounts1780000000002,
  Audit1780000000003,
  Clients1780000000004,
  RefreshTokens1780000000005,
  Revocations1780000000010,
  Mails1780000000020,
  OneTimeTokens1780000000021,
  ApiKeys1780000000030,
  Housekeeping1780000000040,
  ExternalIds1780000000050,
];
