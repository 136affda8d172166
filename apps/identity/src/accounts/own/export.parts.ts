import type { EntityTarget } from 'typeorm';
import { AuditEvent } from '../../audit/audit-event.entity.js';
import { ApiKey } from '../../clients/api-keys/api-key.entity.js';
import { Mail } from '../../mail/mail.entity.js';
import { Session } from '../../sessions/session.entity.js';
import { ExternalId } from '../transfer/external-id.entity.js';
import type { User } from '../user.entity.js';

/** A row of any table with ids. */
export interface ExportedRow {
  id: string;
}

/** One list of an export. */
export interface ExportPart {
  name: string;
  entity: EntityTarget<ExportedRow>;
  /** The member that says whose the row is. */
  owner: string;
  /** What is shown of it: neither secrets nor what stands for one. */
  members: readonly string[];
}

/** What is shown of the user itself. */
export const EXPORTED_USER: readonly (keyof User)[] = [
  'id',
  'email',
  'locale',
  'roles',
  'passwordResetRequired',
  'emailConfirmedAt',
  'disabledAt',
  'lastSignInAt',
  'createdAt',
  'updatedAt',
];

const AUDIT_MEMBERS: readonly (keyof AuditEvent)[] = [
  'id',
  'type',
  'outcome',
  'actorId',
  'subjectId',
  'details',
  'address',
  'device',
  'createdAt',
];

/** The lists of an export. A table that names users has a part here. */
export const EXPORT_PARTS: readonly ExportPart[] = [
  part('sessions', Session, 'userId', [
    'id',
    'clientId',
    'scope',
    'device',
    'address',
    'createdAt',
    'lastUsedAt',
    'expiresAt',
    'endedAt',
  ]),
  part('api_keys', ApiKey, 'userId', [
    'id',
    'name',
    'prefix',
    'scopes',
    'createdAt',
    'lastUsedAt',
    'expiresAt',
    'endedAt',
  ]),
  part('external_ids', ExternalId, 'userId', ['id', 'createdAt']),
  part('mails', Mail, 'userId', ['id', 'template', 'locale', 'recipient', 'createdAt', 'sentAt']),
  part('audit_events', AuditEvent, 'subjectId', AUDIT_MEMBERS),
  part('acts', AuditEvent, 'actorId', AUDIT_MEMBERS),
];

function part<Row extends ExportedRow>(
  name: string,
  entity: new () => Row,
  owner: keyof Row & string,
  members: readonly (keyof Row & string)[],
): ExportPart {
  return { name, entity, owner, members };
}
