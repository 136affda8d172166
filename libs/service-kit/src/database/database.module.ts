import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Readiness } from '../health/readiness.js';
import { Metrics } from '../metrics/metrics.js';
import { Database } from './database.js';
import { openDatabase } from './database.opening.js';
import type { DatabaseOptions } from './database.options.js';

/** A service's database: opened and migrated before the service listens, closed after its last answer. */
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Readiness) readiness: Readiness,
    @Inject(Metrics) metrics: Metrics,
  ) {
    measure(database, metrics);
    readiness.register('database', async () => {
      await database.manager.query('SELECT 1');
      return true;
    });
  }

  /** Import it once, in the app's root module; features import `TypeOrmModule.forFeature([…])` to read entities. */
  static forRoot(options: DatabaseOptions): DynamicModule {
    let opening: Promise<Database> | undefined;
    const open = () => (opening ??= openDatabase(options));
    return {
      module: DatabaseModule,
      global: true,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => ({ toRetry: () => false }),
          dataSourceFactory: async () => (await open()).dataSource,
        }),
      ],
      providers: [{ provide: Database, useFactory: open }],
      exports: [Database],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }
}

function measure(database: Database, metrics: Metrics): void {
  const busy = 'Connections that do something; with SQLite, the one that writes.';
  metrics.gauge('database_connections_in_use', busy, () => database.load.inUse);
  const waiting = 'Callers that wait for a connection, or for their turn to write.';
  metrics.gauge('database_callers_waiting', waiting, () => database.load.waiting);
}
