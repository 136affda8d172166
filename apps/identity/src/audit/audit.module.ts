import { Global, Module } from '@nestjs/common';
import { AuditEventsRepository } from './audit-events.repository.js';
import { AuditTrail } from './audit.trail.js';

@Global()
@Module({ providers: [AuditTrail, AuditEventsRepository], exports: [AuditTrail, AuditEventsRepository] })
export class AuditModule {}
