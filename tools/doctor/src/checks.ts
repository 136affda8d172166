import type { Check } from './check.ts';
import { audienceCheck } from './checks/audience.check.ts';
import { buildCheck } from './checks/build.check.ts';
import { clientCheck } from './checks/client.check.ts';
import { clockCheck } from './checks/clock.check.ts';
import { cookiesCheck } from './checks/cookies.check.ts';
import { databaseCheck } from './checks/database.check.ts';
import { environmentCheck } from './checks/environment.check.ts';
import { feedCheck } from './checks/feed.check.ts';
import { issuerCheck } from './checks/issuer.check.ts';
import { keysCheck } from './checks/keys.check.ts';
import { mailCheck } from './checks/mail.check.ts';
import { manifestCheck } from './checks/manifest.check.ts';
import { migrationsCheck } from './checks/migrations.check.ts';
import { nodeCheck } from './checks/node.check.ts';
import { portsCheck } from './checks/ports.check.ts';
import { runningCheck } from './checks/running.check.ts';
import { secretsCheck } from './checks/secrets.check.ts';
import { settingsCheck } from './checks/settings.check.ts';
import { valkeyCheck } from './checks/valkey.check.ts';

/** All that is looked at, what causes other things to fail before them: whoever mends the first has mended most. */
export const CHECKS: readonly Check[] = [
  nodeCheck,
  manifestCheck,
  buildCheck,
  environmentCheck,
  settingsCheck,
  secretsCheck,
  portsCheck,
  databaseCheck,
  migrationsCheck,
  keysCheck,
  valkeyCheck,
  mailCheck,
  clockCheck,
  issuerCheck,
  audienceCheck,
  cookiesCheck,
  runningCheck,
  clientCheck,
  feedCheck,
];
