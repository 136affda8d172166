import { Module } from '@nestjs/common';
import { Authentication } from './authentication.service.js';
import { HashPool } from './hashing/hash.pool.js';
import { PasswordHasher } from './hashing/password.hasher.js';
import { UsersRepository } from './users.repository.js';

@Module({
  providers: [UsersRepository, Authentication, PasswordHasher, HashPool],
  exports: [UsersRepository, Authentication, PasswordHasher],
})
export class AccountsModule {}
