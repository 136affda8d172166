export { testDatabases, type TestDatabase, type TestDatabaseKind } from './test.databases.js';
