export { testDatabases, testMysql, type TestDatabase, type TestDatabaseKind } from './test.databases.js';
export { runCommand } from '../process/service.commands.js';
