import { bearerToken } from '@gatehouse/tokens';
import { Ambiguous } from '../carriers/carrier.js';

/** What of the contexts of Nest's transports can carry a header. */
interface MessageContext {
  /** TCP and Redis: what the client attached to the packet. */
  getMetadata?(): unknown;
  /** NATS. */
  getHeaders?(): unknown;
  /** Kafka, and RabbitMQ by way of its properties. */
  getMessage?(): { headers?: unknown; properties?: { headers?: unknown } };
  /** MQTT 5. */
  getPacket?(): { properties?: { userProperties?: unknown } };
}

/**
 * The bearer of a message: `authorization: Bearer <token>` among the headers that its transport has, or in the
 * metadata of its packet, never in its payload.
 *
 * @param context what the handler would be given as `@Ctx()`
 * @throws Ambiguous when there are two
 */
export function bearerOfMessage(context: unknown): string | undefined {
  if (typeof context !== 'object' || context === null) return undefined;
  const values = headersIn(context).flatMap((headers) => valuesIn(headers));
  if (values.length > 1) throw new Ambiguous('two authorizations of one message');
  return values.length === 0 ? undefined : bearerToken(String(values[0]));
}

function headersIn(context: MessageContext): unknown[] {
  const message = context.getMessage?.();
  return [
    context, // of gRPC: the call's metadata itself
    context.getMetadata?.(),
    context.getHeaders?.(),
    message?.properties?.headers ?? message?.headers,
    context.getPacket?.().properties?.userProperties,
  ];
}

/** Of a record, or of something that is asked with `get`. */
function valuesIn(headers: unknown): unknown[] {
  if (typeof headers !== 'object' || headers === null) return [];
  const { get, authorization } = headers as { get?: unknown; authorization?: unknown };
  const value: unknown =
    typeof get === 'function'
      ? (get as (name: string) => unknown).call(headers, 'authorization')
      : authorization;
  return [value].flat().filter((each) => each !== undefined && each !== null && each !== '');
}
