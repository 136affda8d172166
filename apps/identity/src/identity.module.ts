import { AccessModule } from '@gatehouse/access';
import { SCOPES } from '@gatehouse/contracts';
import { DatabaseModule, Metrics } from '@gatehouse/service-kit';
import { Module, type DynamicModule } from '@nestjs/common';
import { AccountLifeModule } from './accounts/account-life.module.js';
import { AdminModule } from './admin/admin.module.js';
import { AuditModule } from './audit/audit.module.js';
import { DemoDataModule } from './database/demo-data.module.js';
import { ENTITIES, MIGRATIONS } from './database/schema.js';
import { CurrentUserModule } from './doors/browser/current-user.module.js';
import { openDoors } from './doors/open.doors.js';
import { HousekeepingModule } from './housekeeping/housekeeping.module.js';
import { IdentityConfig } from './identity.config.js';
import { KeyRing } from './keys/key.ring.js';
import { KeysModule } from './keys/keys.module.js';
import { LocalRevocations } from './revocation/local.revocations.js';
import { RevocationModule } from './revocation/revocation.module.js';
import { ApiKeyGrant } from './tokens/grants/api-key.grant.js';
import { TokensModule } from './tokens/tokens.module.js';

/** The identity provider. */
@Module({})
export class IdentityModule {
  static forRoot({ databaseUrl, legacyDoors }: IdentityConfig): DynamicModule {
    return {
      module: IdentityModule,
      imports: [
        DatabaseModule.forRoot({ url: databaseUrl, entities: ENTITIES, migrations: MIGRATIONS }),
        AccessModule.forRootAsync({
          imports: [KeysModule, RevocationModule, TokensModule],
          inject: [IdentityConfig, KeyRing, LocalRevocations, ApiKeyGrant, Metrics],
          useFactory: (
            { issuer, audience, cookieDomain }: IdentityConfig,
            keys: KeyRing,
            revocations: LocalRevocations,
            apiKeys: ApiKeyGrant,
            metrics: Metrics,
          ) => ({
            issuer,
            audience,
            cookieDomain,
            keys,
            revocations,
            exchangeApiKey: (key: string) => apiKeys.issueHere(key),
            resource: issuer,
            scopesSupported: Object.keys(SCOPES),
            metrics,
          }),
        }),
        AuditModule,
        AccountLifeModule,
        TokensModule,
        CurrentUserModule,
        AdminModule,
        HousekeepingModule,
        ...openDoors(legacyDoors),
        DemoDataModule,
      ],
    };
  }
}
