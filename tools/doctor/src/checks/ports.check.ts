import { settingPrefix } from '@gatehouse/workspace';
import type { Check } from '../check.ts';

/** Each port is free, or held by the service that it is meant for. */
export const portsCheck: Check = {
  name: 'ports',
  holds: 'no port is held by another program',
  look: ({ services }) =>
    services
      .filter(({ seen }) => seen.state === 'foreign')
      .map(({ name, app, env }) => ({
        service: name,
        cause: `Port ${env['PORT']} is held by something that is not ${name}.`,
        remedy: `Stop it (\`ss -ltnp\` or \`lsof -i :${env['PORT']}\` names it), or move ${name}: ${settingPrefix(app)}_PORT=${Number(env['PORT']) + 100}.`,
      })),
};
