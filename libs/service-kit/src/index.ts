export { type Command, InvalidArgumentError } from 'commander';
export { ConditionalExchange } from './conditional/conditional.exchange.js';
export { Exchange } from './conditional/conditional-exchange.decorator.js';
export {
  ChangedResponse,
  CreatedResponse,
  IfUnchanged,
  TaggedResponse,
} from './conditional/conditional.responses.js';
export { strongTag } from './conditional/entity.tag.js';
export { Preconditions } from './conditional/preconditions.js';
export {
  linkToNext,
  type ListPage,
  pageRepresentation,
  type Representation,
} from './conditional/representation.js';
export { loadConfig } from './config/configuration.loader.js';
export { currentSetting } from './config/current.setting.js';
export { DatabaseUrl } from './config/database-url.decorator.js';
export { Duration, type DurationBounds } from './config/duration.decorator.js';
export { Flag } from './config/flag.decorator.js';
export { GuardedServiceConfig } from './config/guarded-service.config.js';
export { HttpUrl, PublicUrl } from './config/http-url.decorator.js';
export { Rule } from './config/rule.decorator.js';
export { RedisUrl } from './config/redis-url.decorator.js';
export { ServiceConfig } from './config/service.config.js';
export { Setting, type SettingOptions } from './config/setting.decorator.js';
export { StartFailure } from './config/start.failure.js';
export { isUniqueViolation } from './database/database.errors.js';
export { Database } from './database/database.js';
export { DatabaseModule } from './database/database.module.js';
export { databaseSentence } from './database/database.opening.js';
export type { DatabaseOptions } from './database/database.options.js';
export { type DatabaseLocation, parseDatabaseUrl } from './database/database.url.js';
export { change, type Row, rowsOf } from './database/statements.js';
export { type Selection, Table } from './database/table.js';
export { Readiness, type ReadinessCheck } from './health/readiness.js';
export type { ErrorAnswer, ErrorFormat } from './http/error.writer.js';
export { forwardedHeaders } from './http/forwarded.headers.js';
export { currentRequest, type RequestContext } from './http/request.context.js';
export { createService } from './http/service.factory.js';
export type { ServiceDescription, ServiceOptions } from './http/service.options.js';
export { Metrics } from './metrics/metrics.js';
export { describedHeaders } from './openapi/answer.headers.js';
export { runService, type RunOptions } from './process/service.runner.js';
export type { ServiceCommands, WithService } from './process/service.commands.js';
export type { RouteAccess, RouteAccessSource } from './routes/route.access.js';
