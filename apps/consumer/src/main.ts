import { AccessRules } from '@gatehouse/access';
import { runService } from '@gatehouse/service-kit';
import { AppModule } from './app.module.js';
import { ConsumerConfig } from './consumer.config.js';

await runService({
  name: 'consumer',
  manifest: new URL('../package.json', import.meta.url),
  config: ConsumerConfig,
  module: (config) => AppModule.forRoot(config),
  access: (app) => app.get(AccessRules),
});
