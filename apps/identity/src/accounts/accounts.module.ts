import { Module } from '@nestjs/common';
import { ThrottlingModule } from '../throttling/throttling.module.js';
import { Authentication } from './authentication.service.js';
import { HashPool } from './hashing/hash.pool.js';
import { PasswordHasher } from './hashing/password.hasher.js';
import { UsersRepository } from './users.repository.js';

@Module({
  imports: [ThrottlingModule],
  providers: [UsersRepository, Authentication, PasswordHasher, HashPool],
  exports: [UsersRepository, Authentication, PasswordHasher, ThrottlingModule],
})
export class AccountsModule {}
