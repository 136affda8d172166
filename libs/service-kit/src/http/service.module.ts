import { Module, type DynamicModule, type Provider, type Type } from '@nestjs/common';
import { ServiceConfig } from '../config/service.config.js';
import { Readiness } from '../health/readiness.js';
import { Metrics } from '../metrics/metrics.js';

/** The root of every service: the app's own module, and what everything in it may inject. */
@Module({})
export class ServiceModule {
  static forRoot(
    app: DynamicModule | Type,
    config: ServiceConfig,
    readiness: Readiness,
    metrics: Metrics,
  ): DynamicModule {
    const providers: Provider[] = [
      { provide: Readiness, useValue: readiness },
      { provide: Metrics, useValue: metrics },
      ...configProviders(config),
    ];
    return { module: ServiceModule, global: true, imports: [app], providers, exports: providers };
  }
}

/** The configuration, by its own class and by each class that it extends. */
function configProviders(config: ServiceConfig): Provider[] {
  const providers: Provider[] = [];
  let Config = config.constructor as Type;
  while (Config === ServiceConfig || Config.prototype instanceof ServiceConfig) {
    providers.push({ provide: Config, useValue: config });
    Config = Object.getPrototypeOf(Config) as Type;
  }
  return providers;
}
