import { DatabaseUrl, Flag, GuardedServiceConfig, Setting } from '@gatehouse/service-kit';
import { IsOptional } from 'class-validator';

/** What articles is configured by. */
export class ArticlesConfig extends GuardedServiceConfig {
  @Setting({ name: 'PORT', describe: 'Port to listen on; 0 takes a free one.', default: '3001' })
  declare port: number;

  @Setting({
    name: 'PUBLIC_URL',
    describe: 'Where callers reach this service. A name, never derived from a request.',
    developmentDefault: 'http://localhost:3001',
  })
  declare publicUrl: string;

  @Setting({
    name: 'DATABASE_URL',
    describe: 'Where articles are kept: sqlite:<file> or mysql://user:password@host/schema.',
    default: 'sqlite:.data/articles.sqlite',
  })
  @DatabaseUrl()
  databaseUrl!: string;

  @Setting({
    name: 'DEMO_DATA',
    describe: 'Whether two demo articles exist, outside production alone. On when bound to loopback.',
    example: 'on',
  })
  @IsOptional()
  @Flag()
  demoData?: boolean;

  get withDemoData(): boolean {
    return !this.production && (this.demoData ?? this.loopback);
  }
}
