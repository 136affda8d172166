import { Module } from '@nestjs/common';
import { ThrottlingModule } from '../throttling/throttling.module.js';
import { Authentication } from './authentication.service.js';
import { HashPool } from './hashing/hash.pool.js';
import { PasswordHasher } from './hashing/password.hasher.js';
import { LockOuts } from './lock.outs.js';
import { UsersRepository } from './users.repository.js';

@Module({
  imports: [ThrottlingModule],
  providers: [UsersRepository, Authentication, LockOuts, PasswordHasher, HashPool],
  exports: [UsersRepository, Authentication, LockOuts, PasswordHasher, ThrottlingModule],
})
export class AccountsModule {}
