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
export { stopSignal } from './processes/stop.signals.ts';
export { runNode, runTool } from './processes/tool.process.ts';
export { givenArguments } from './terminal/given.arguments.ts';
export { table } from './terminal/table.ts';
export { findValkey, PrivateValkey } from './valkey/private.valkey.ts';
export { LentServers } from './tests/lent.servers.ts';
export { type Tally, tallyOf } from './tests/tally.ts';
export { type AppRoute, routesOfApp } from './routes/app.routes.ts';
export { type App, findApps, ROOT, settingPrefix } from './workspace/apps.ts';
export { addressOf, environmentOf } from './workspace/environment.ts';
export { Random } from './random/random.ts';
export { Trouble } from './workspace/trouble.ts';
export { copyWorkspace, linkInstalled } from './workspace/workspace.copy.ts';
