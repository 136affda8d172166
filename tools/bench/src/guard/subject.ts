import type { CanActivate, DynamicModule } from '@nestjs/common';
import type { SignatureAlgorithm } from './bench.identity.js';

/** What every guard under test is told. */
export interface GuardSettings {
  issuer: string;
  audience: string;
  jwksUrl: string;
  algorithm: SignatureAlgorithm;
  /** The issuer's public key as PEM, for those that cannot fetch it; with HS256 the shared secret. */
  key: string;
}

/** One guard under test: an APP_GUARD for the measured app, or modules that bring one. */
export interface Subject {
  guard?: CanActivate;
  imports?: DynamicModule[];
}
