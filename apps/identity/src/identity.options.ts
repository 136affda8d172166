import { AccessRules } from '@gatehouse/access';
import type { RunOptions } from '@gatehouse/service-kit';
import { formErrorFormats } from './accounts/pages/form.error-format.js';
import { identityCommands } from './command-line/identity.commands.js';
import { browserErrorFormats } from './doors/browser/browser.error-format.js';
import { doorkeeperErrorFormat } from './doors/doorkeeper/doorkeeper.error-format.js';
import { IdentityConfig } from './identity.config.js';
import { IdentityModule } from './identity.module.js';
import { oauthErrorFormat } from './tokens/oauth.error-format.js';

/** What makes identity the service it is, for its main and its tests. */
export const IDENTITY: RunOptions<IdentityConfig> = {
  name: 'identity',
  manifest: new URL('../package.json', import.meta.url),
  config: IdentityConfig,
  module: (config) => IdentityModule.forRoot(config),
  commands: identityCommands,
  access: (app) => app.get(AccessRules),
  errorFormats: [oauthErrorFormat, doorkeeperErrorFormat, ...browserErrorFormats, ...formErrorFormats],
};
