import { Module } from '@nestjs/common';
import { JwksController } from './jwks.controller.js';
import { KeyRing } from './key.ring.js';
import { KeyRotation } from './key.rotation.js';
import { SigningKeysRepository } from './signing-keys.repository.js';

@Module({
  controllers: [JwksController],
  providers: [SigningKeysRepository, KeyRing, KeyRotation],
  exports: [KeyRing, KeyRotation],
})
export class KeysModule {}
