import { AccessModule, CurrentPrincipal, type Principal } from '@gatehouse/access';
import { createService, loadConfig, ServiceConfig } from '@gatehouse/service-kit';
import { Controller, Get, Module } from '@nestjs/common';
import { CONSUMER } from './credentials.js';
import type { IdentityTestApp } from './identity.test-app.js';

@Controller('whoami')
class WhoamiController {
  @Get()
  answer(@CurrentPrincipal() { id }: Principal): { id: string } {
    return { id };
  }
}

/** A guarded service as any other: it fetches the keys of an identity, and follows its revocation feed. */
export interface GuardedTestApp {
  /** The status that a request with the token is answered with. */
  statusWith(token: string): Promise<number>;
  close(): Promise<void>;
}

/** Starts a guarded service for a test, and waits until it knows the revocations. */
export async function createGuardedTestApp(identity: IdentityTestApp): Promise<GuardedTestApp> {
  const access = AccessModule.forRoot({
    issuer: identity.config.issuer,
    audience: identity.config.audience,
    identityUrl: identity.url,
    client: { id: CONSUMER.client_id, secret: CONSUMER.client_secret },
  });
  @Module({ imports: [access], controllers: [WhoamiController] })
  class GuardedModule {}
  const config = loadConfig(ServiceConfig, { NODE_ENV: 'test', LOG_LEVEL: 'silent' });
  const app = await createService({ name: 'guarded', config, module: () => GuardedModule });
  await app.listen(0, '127.0.0.1');
  const url = `${await app.getUrl()}/whoami`;
  const statusWith = async (token: string) => {
    const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    await answer.body?.cancel();
    return answer.status;
  };
  return { statusWith, close: () => app.close() };
}
