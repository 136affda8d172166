import { IsArray, IsBoolean, IsInt, Max, Min } from 'class-validator';
import { IfPresent } from '../validation/if-present.decorator.js';
import { WholeNumber } from '../validation/whole-number.decorator.js';
import type { RevocationKind } from './revocation.dto.js';

/** A revocation as a snapshot writes it: kind, id, `expires_at`, and `before` where it has one. */
export type CompactRevocation = [kind: RevocationKind, id: string, expiresAt: number, before?: number];

/** One page of `GET /revocations/snapshot`. */
export class RevocationSnapshotDto {
  /** Where to go on: the next page's `?after=` while there are `more`, the feed's `?after=` after the last one. */
  @IsInt()
  position!: number;

  /** Whether another page follows. */
  @IsBoolean()
  more!: boolean;

  /** Live revocations, each `[kind, id, expires_at]` or `[kind, id, expires_at, before]`, in order of position. */
  @IsArray()
  revocations!: CompactRevocation[];
}

/** The query of `GET /revocations/snapshot`. */
export class RevocationSnapshotQuery {
  /** Only revocations whose position is greater. */
  @IfPresent()
  @WholeNumber()
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  after = 0;
}
