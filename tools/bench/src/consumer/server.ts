import 'reflect-metadata';
import { Controller, Get, Header, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccessModule, CurrentPrincipal, type Principal, Public } from '@gatehouse/access';
import { IdentityClient, IdentityClientModule } from '@gatehouse/identity-client';
import type { ConsumerSettings } from './consumer.bench.js';

const JSON_TYPE = 'application/json; charset=utf-8';
const { issuer, audience, articlesUrl, text } = JSON.parse(process.argv[2]!) as ConsumerSettings;

/** The same bytes, three times: at hand, kept, and got anew. */
@Controller()
class ArticlesController {
  constructor(private readonly identity: IdentityClient) {}

  @Public()
  @Get('open')
  @Header('Content-Type', JSON_TYPE)
  open(): string {
    return text;
  }

  @Get('cached')
  @Header('Content-Type', JSON_TYPE)
  async cached(@CurrentPrincipal() caller: Principal): Promise<string> {
    const cache = { fresh: 3_600 };
    return (await this.identity.get('articles', '/articles', { caller, cache })).text;
  }

  @Get('uncached')
  @Header('Content-Type', JSON_TYPE)
  async uncached(@CurrentPrincipal() caller: Principal): Promise<string> {
    return (await this.identity.get('articles', '/articles', { caller })).text;
  }
}

@Module({
  imports: [
    AccessModule.forRoot({ issuer, audience, revocation: 'off' }),
    IdentityClientModule.forRoot({
      identityUrl: issuer,
      client: { id: 'bench', secret: 'none: every caller brings a token' },
      upstreams: { articles: articlesUrl },
    }),
  ],
  controllers: [ArticlesController],
})
class ConsumerModule {}

// Started by the bench: tells its address.
const app = await NestFactory.create<NestFastifyApplication>(ConsumerModule, new FastifyAdapter(), {
  logger: false,
});
await app.listen(0, '127.0.0.1');
process.on('disconnect', () => process.exit());
process.send!({ url: await app.getUrl() });
