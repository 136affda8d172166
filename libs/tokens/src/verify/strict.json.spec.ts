import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { strictJsonObject } from './strict.json.js';

const read = (text: string) => strictJsonObject(Buffer.from(text));

describe('strict JSON', () => {
  it('reads every object that JSON.stringify writes, if it is not nested too deep', () => {
    const value = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 5 }));
    fc.assert(
      fc.property(value, (object) => {
        const text = JSON.stringify(object);
        expect(read(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('refuses every object in which a member is given twice, at any depth', () => {
    const member = fc.tuple(fc.string(), fc.jsonValue({ maxDepth: 2 }));
    fc.assert(
      fc.property(fc.array(member), member, fc.nat(5), (others, [name, value], depth) => {
        const twice = [...others, [name, value] as const, [name, null] as const]
          .map(([key, item]) => `${JSON.stringify(key)}:${JSON.stringify(item)}`)
          .join(',');
        expect(read(`${'{"x":['.repeat(depth)}{${twice}}${']}'.repeat(depth)}`)).toBeUndefined();
      }),
    );
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(() => strictJsonObject(Buffer.from(bytes))).not.toThrow();
      }),
    );
  });
});
