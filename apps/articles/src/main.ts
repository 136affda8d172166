import { AccessRules } from '@gatehouse/access';
import { runService } from '@gatehouse/service-kit';
import { AppModule } from './app.module.js';
import { ArticlesConfig } from './articles.config.js';

await runService({
  name: 'articles',
  manifest: new URL('../package.json', import.meta.url),
  config: ArticlesConfig,
  module: (config) => AppModule.forRoot(config),
  access: (app) => app.get(AccessRules),
});
