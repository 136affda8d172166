import { AuditEventDto, AuditEventPageQuery } from '@gatehouse/contracts';
import { Controller, Get, Query } from '@nestjs/common';
import { AuditEventsRepository } from '../audit/audit-events.repository.js';
import { AdminOnly } from './admin-only.decorator.js';
import { auditEventResponse } from './audit-event.response.js';
import { PageResponse } from './page.response.js';
import { Pages } from '../documentation/response.decorators.js';

/** What has happened, the latest first. */
@AdminOnly()
@Controller('admin/audit_events')
export class AuditEventsController {
  constructor(private readonly events: AuditEventsRepository) {}

  @Get()
  @Pages(AuditEventDto)
  async list(@Query() query: AuditEventPageQuery): Promise<PageResponse> {
    return PageResponse.of(await this.events.findPage(query, query), auditEventResponse);
  }
}
