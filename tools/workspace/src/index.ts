export { findMariadb, type MariadbBinary } from './mariadb/mariadb.binary.ts';
export { type MariadbOptions, PrivateMariadb } from './mariadb/private.mariadb.ts';
export { Fleet, type Plan } from './processes/fleet.ts';
export { freePort, isFree } from './processes/ports.ts';
export {
  type Ending,
  type LaunchOptions,
  ServiceEnded,
  ServiceProcess,
} from './processes/service.process.ts';
export { type App, findApps, ROOT, settingPrefix } from './workspace/apps.ts';
export { environmentOf } from './workspace/environment.ts';
