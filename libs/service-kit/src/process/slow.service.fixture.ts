import { setTimeout as pause } from 'node:timers/promises';
import { Controller, Get, Module, Param } from '@nestjs/common';
import { IsOptional } from 'class-validator';
import { DatabaseModule } from '../database/database.module.js';
import { CreateNotes1700000000000, Notes } from '../database/notes.fixture.js';
import { DatabaseUrl } from '../config/database-url.decorator.js';
import { ServiceConfig } from '../config/service.config.js';
import { Setting } from '../config/setting.decorator.js';
import { runService } from './service.runner.js';

@Controller('slow')
class SlowController {
  @Get(':milliseconds')
  async wait(@Param('milliseconds') milliseconds: string): Promise<string> {
    await pause(Number(milliseconds));
    return 'done';
  }

  @Get('crash/now')
  crash(): string {
    setImmediate(() => {
      throw Object.assign(new Error('nobody caught it'), { parameters: ['tell-nobody'] });
    });
    return 'soon';
  }
}

@Module({ controllers: [SlowController] })
class SlowModule {}

class SlowConfig extends ServiceConfig {
  @Setting({ name: 'DATABASE_URL', describe: 'A database, where there is to be one.' })
  @IsOptional()
  @DatabaseUrl()
  databaseUrl?: string;
}

await runService({
  name: 'slow',
  config: SlowConfig,
  module: ({ databaseUrl: url }) => ({
    module: SlowModule,
    imports: url
      ? [DatabaseModule.forRoot({ url, entities: [Notes], migrations: [CreateNotes1700000000000] })]
      : [],
  }),
});
