import { IsISO8601, IsIn, IsObject, IsOptional, IsString, Matches } from 'class-validator';
import { PageQuery } from '../pages/page.query.js';
import { Characters } from '../validation/characters.decorator.js';
import { IfPresent } from '../validation/if-present.decorator.js';
import { Timestamp } from '../validation/timestamp.decorator.js';

/** One event of the audit trail. */
export class AuditEventDto {
  @IsString()
  id!: string;

  /** A stable word, such as `user.sign_in`. */
  @IsString()
  type!: string;

  @IsIn(['success', 'failure'])
  outcome!: 'success' | 'failure';

  /** Who did it: a user's or a client's id; null where that is not known, or nobody did. */
  @IsOptional()
  @IsString()
  actor_id!: string | null;

  /** Whom or what it was done to, by id. */
  @IsOptional()
  @IsString()
  subject_id!: string | null;

  @IsObject()
  details!: Readonly<Record<string, string | number>>;

  /** The network address it was done from. */
  @IsOptional()
  @IsString()
  address!: string | null;

  /** The User-Agent it was done with. */
  @IsOptional()
  @IsString()
  device!: string | null;

  @IsOptional()
  @IsString()
  request_id!: string | null;

  /** UTC with milliseconds. */
  @IsISO8601()
  created_at!: string;
}

/** The query of `GET /admin/audit_events`. */
export class AuditEventPageQuery extends PageQuery {
  @IfPresent()
  @Characters(1, 64)
  type?: string;

  /** The id of whom or what it was done to. */
  @IfPresent()
  @Characters(1, 64)
  subject?: string;

  /** Only what happened then or later. */
  @IfPresent()
  @Timestamp()
  since?: string;

  /** The id of the last event of the page before. */
  @Matches(/^evt_/, { message: 'after must be the id of an audit event' })
  override after?: string = undefined;
}
