import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { EventSubscriber, type EntitySubscriberInterface } from 'typeorm';

type QueryEnd = Parameters<NonNullable<EntitySubscriberInterface['afterQuery']>>[0];

const VERB = /^\s*([A-Za-z]+)/;
const TABLE = /\b(?:FROM|INTO|UPDATE|TABLE)\s+[`"]?(\w+)/i;

/**
 * A span for each statement in the course of a traced request, by the names of OpenTelemetry's semantic conventions for
 * databases: what is done with which table. The statement itself and its parameters stay here.
 */
@EventSubscriber()
export class QuerySpans implements EntitySubscriberInterface {
  afterQuery({ dataSource, query, executionTime = 0, success }: QueryEnd): void {
    if (!trace.getActiveSpan()?.isRecording()) return;
    const endTime = Date.now();
    const verb = VERB.exec(query)?.[1]?.toUpperCase() ?? 'QUERY';
    const table = TABLE.exec(query)?.[1];
    const span = trace
      .getTracer('@gatehouse/service-kit')
      .startSpan(table === undefined ? verb : `${verb} ${table}`, {
        kind: SpanKind.CLIENT,
        startTime: endTime - executionTime,
        attributes: {
          'db.system.name': dataSource.options.type === 'mysql' ? 'mysql' : 'sqlite',
          'db.operation.name': verb,
          ...(table !== undefined && { 'db.collection.name': table }),
        },
      });
    if (!success) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end(endTime);
  }
}
