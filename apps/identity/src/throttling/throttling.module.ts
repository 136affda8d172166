import { Module } from '@nestjs/common';
import { Budgets } from './budgets.js';
import { LimitKeys } from './limit.keys.js';
import { PasswordLimits } from './password.limits.js';
import { RequestLimits } from './request.limits.js';
import { SignInLimits } from './sign-in.limits.js';

/** Limits to guessing and to flooding. */
@Module({
  providers: [Budgets, LimitKeys, SignInLimits, PasswordLimits, RequestLimits],
  exports: [SignInLimits, PasswordLimits, RequestLimits],
})
export class ThrottlingModule {}
