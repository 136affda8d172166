import { Module } from '@nestjs/common';
import { RevocationModule } from '../revocation/revocation.module.js';
import { SchedulingModule } from '../scheduling/scheduling.module.js';
import { JwksController } from './jwks.controller.js';
import { KeyGenerations } from './key.generations.js';
import { KeyRetirement } from './key.retirement.js';
import { KeyRing } from './key.ring.js';
import { KeyRotation } from './key.rotation.js';
import { KeySchedule } from './key.schedule.js';
import { SigningKeysRepository } from './signing-keys.repository.js';

@Module({
  imports: [RevocationModule, SchedulingModule],
  controllers: [JwksController],
  providers: [SigningKeysRepository, KeyRing, KeyGenerations, KeyRotation, KeyRetirement, KeySchedule],
  exports: [KeyRing, KeyRotation, KeyRetirement, SigningKeysRepository],
})
export class KeysModule {}
