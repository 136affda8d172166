import { describe, expect, it } from 'vitest';
import { Ambiguous } from '../carriers/carrier.js';
import { bearerOfMessage } from './authorization.reader.js';

const VALUE = 'Bearer abc.def.ghi';
const asked = (values: unknown) => ({
  get: (name: string) => (name === 'authorization' ? values : undefined),
});

/** The contexts of Nest's transports, as far as they carry headers. */
const CONTEXTS: [transport: string, contextWith: (value: unknown) => object][] = [
  ['TCP', (authorization) => ({ getMetadata: () => ({ authorization }) })],
  ['Redis', (authorization) => ({ getMetadata: () => ({ authorization }) })],
  ['NATS', (authorization) => ({ getHeaders: () => asked(authorization) })],
  ['RabbitMQ', (authorization) => ({ getMessage: () => ({ properties: { headers: { authorization } } }) })],
  ['Kafka', (authorization) => ({ getMessage: () => ({ headers: { authorization } }) })],
  ['MQTT', (authorization) => ({ getPacket: () => ({ properties: { userProperties: { authorization } } }) })],
  ['gRPC', (authorization) => asked(authorization === undefined ? [] : [authorization].flat())],
];

describe.each(CONTEXTS)('the bearer beside a message of %s', (_transport, contextWith) => {
  it.each([[VALUE], [[VALUE]], [Buffer.from(VALUE)]])('is read where there is one', (value) => {
    expect(bearerOfMessage(contextWith(value))).toBe('abc.def.ghi');
  });

  it.each([[undefined], [''], [null], ['Basic dTpw'], [{}], [[]], [7]])('is none where %j is', (value) => {
    expect(bearerOfMessage(contextWith(value))).toBeUndefined();
  });

  it('is ambiguous where there are two', () => {
    expect(() => bearerOfMessage(contextWith([VALUE, VALUE]))).toThrow(Ambiguous);
  });
});

describe('what is no context', () => {
  it.each([[undefined], [null], ['x'], [{}], [{ getMetadata: () => null }], [{ getMessage: () => ({}) }]])(
    'carries no bearer: %j',
    (context) => {
      expect(bearerOfMessage(context)).toBeUndefined();
    },
  );
});
