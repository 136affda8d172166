import 'reflect-metadata';
import { Controller, Get, Module, Param, Query } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type RawArticles, rawArticles } from './raw.articles.js';

/** What the bare server is told. */
export interface BareSettings {
  databaseUrl: string;
  /** Answers what it has read once. */
  atHand: boolean;
}

const { databaseUrl, atHand } = JSON.parse(process.argv[2]!) as BareSettings;
const database = rawArticles(databaseUrl);
const articles = atHand ? await kept(database) : database;

/** The routes of articles with nothing around them: no guard, no validation, no entity tag. */
@Controller('articles')
class BareController {
  @Get()
  list(@Query('limit') limit = '50'): Promise<object[]> {
    return articles.page(Number(limit));
  }

  @Get(':id')
  show(@Param('id') id: string): Promise<object> {
    return articles.one(Number(id));
  }
}

@Module({ controllers: [BareController] })
class BareModule {}

async function kept(from: RawArticles): Promise<RawArticles> {
  const all = await from.page(100);
  return {
    ...from,
    page: async (limit) => all.slice(0, limit),
    one: async (id) => all[id - 1]!,
  };
}

// Started by the bench: tells its address.
const app = await NestFactory.create<NestFastifyApplication>(BareModule, new FastifyAdapter(), {
  logger: false,
});
await app.listen(0, '127.0.0.1');
process.on('disconnect', () => process.exit());
process.send!({ url: await app.getUrl() });
