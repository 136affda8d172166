import { Database } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import { MoreThan, type FindOptionsWhere } from 'typeorm';
import { AuditTrail } from '../../audit/audit.trail.js';
import type { RequestOrigin } from '../../audit/request.origin.js';
import { EXPORTED_USER, EXPORT_PARTS, type ExportPart, type ExportedRow } from './export.parts.js';
import { OwnAccount } from './own-account.service.js';

/** Rows that are read at a time. */
const BATCH = 500;

/** Everything that is kept about a user, but for secrets: for the user's own eyes. */
@Injectable()
export class AccountExport {
  constructor(
    private readonly database: Database,
    private readonly account: OwnAccount,
    private readonly audit: AuditTrail,
  ) {}

  /** The export as JSON, piece by piece, however much there is. @throws NotFound before the first piece */
  async open(userId: string, origin: RequestOrigin): Promise<AsyncIterable<string>> {
    const user = await this.account.get(userId);
    const event = { type: 'user.export', actorId: userId, subjectId: userId, origin } as const;
    await this.database.transaction((manager) => this.audit.record(manager, event));
    return this.write(userId, `{"user":${JSON.stringify(shown(user, EXPORTED_USER))}`);
  }

  private async *write(userId: string, beginning: string): AsyncGenerator<string> {
    yield beginning;
    for (const part of EXPORT_PARTS) {
      yield `,"${part.name}":[`;
      let separator = '';
      for await (const rows of this.batches(part, userId)) {
        yield separator + rows.map((row) => JSON.stringify(shown(row, part.members))).join(',');
        separator = ',';
      }
      yield ']';
    }
    yield '}';
  }

  private async *batches({ entity, owner }: ExportPart, userId: string): AsyncGenerator<ExportedRow[]> {
    for (let last = ''; ;) {
      const rows = await this.database.manager.find(entity, {
        where: { [owner]: userId, id: MoreThan(last) } as FindOptionsWhere<ExportedRow>,
        order: { id: 'ASC' },
        take: BATCH,
      });
      if (rows.length > 0) yield rows;
      if (rows.length < BATCH) return;
      last = rows.at(-1)!.id;
    }
  }
}

/** The members that may be shown, by their names on the wire. */
function shown(row: object, members: readonly string[]): Record<string, unknown> {
  const values = row as Readonly<Record<string, unknown>>;
  return Object.fromEntries(members.map((member) => [wireName(member), values[member]]));
}

function wireName(member: string): string {
  return member.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
