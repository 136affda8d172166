import { beforeEach, describe, expect, it } from 'vitest';
import { type ApiKeyExchange, ApiKeyTokens } from './api-key.tokens.js';

const KEY = 'ghk_0123456789abcdef';

describe('the tokens of API keys', () => {
  let now: number;
  let asked: string[];
  let answer: ApiKeyExchange;
  let tokens: ApiKeyTokens;
  const good: ApiKeyExchange = async () => ({ access_token: `token-${asked.length}`, expires_in: 900 });

  beforeEach(() => {
    [now, asked, answer] = [0, [], good];
    tokens = new ApiKeyTokens(
      (key) => {
        asked.push(key);
        return answer(key);
      },
      () => now,
    );
  });

  it('come from one exchange while they are good', async () => {
    await Promise.all(Array.from({ length: 100 }, () => tokens.tokenFor(KEY)));
    now = 894_000;
    expect(await tokens.tokenFor(KEY)).toBe('token-1');
    now = 895_000;
    expect(await tokens.tokenFor(KEY)).toBe('token-2');
    expect(asked).toHaveLength(2);
  });

  it('that were refused are replaced at once, by one exchange', async () => {
    await tokens.tokenFor(KEY);
    const others = await Promise.all(Array.from({ length: 20 }, () => tokens.tokenFor(KEY, 'token-1')));
    expect(new Set(others)).toEqual(new Set(['token-2']));
    expect(await tokens.tokenFor(KEY, 'token-1')).toBe('token-2');
    expect(asked).toHaveLength(2);
  });

  it('that took the place of refused ones are not replaced within a second', async () => {
    await tokens.tokenFor(KEY);
    await tokens.tokenFor(KEY, 'token-1');
    now = 999;
    await expect(tokens.tokenFor(KEY, 'token-2')).rejects.toMatchObject({
      code: 'unavailable',
      headers: { 'Retry-After': '1' },
      cause: { message: 'what the API key stood for ended twice in a second' },
    });
    expect(await tokens.tokenFor(KEY)).toBe('token-2');
    expect(asked).toHaveLength(2);
    now = 1_000;
    expect(await tokens.tokenFor(KEY, 'token-2')).toBe('token-3');
  });

  it('bad keys are asked about again after a while, and push out no good one', async () => {
    expect(await tokens.tokenFor(KEY)).toBe('token-1');
    answer = async () => undefined;
    for (let i = 0; i < 12_000; i += 1) await tokens.tokenFor(`ghk_made-up-key-${i}`);
    const count = asked.length;
    expect(await tokens.tokenFor(KEY)).toBe('token-1');
    expect(await tokens.tokenFor('ghk_made-up-key-11999')).toBeUndefined();
    expect(asked).toHaveLength(count);
    now = 10_000;
    answer = good;
    expect(await tokens.tokenFor('ghk_made-up-key-11999')).toMatch(/^token/);
  });

  it('a flood of keys does not reach identity', async () => {
    answer = () => new Promise(() => undefined);
    const flood = Array.from({ length: 1_000 }, (_, i) =>
      tokens.tokenFor(`ghk_made-up-key-${i}`).catch((error: unknown) => error),
    );
    expect(await flood.at(-1)).toMatchObject({
      code: 'unavailable',
      cause: { message: '32 API keys are being exchanged' },
    });
    expect(asked).toHaveLength(32);
  });

  it('a question that fails is not repeated for every request', async () => {
    answer = () => Promise.reject(new Error('away'));
    for (const key of [KEY, KEY, `${KEY}2`]) {
      await expect(tokens.tokenFor(key)).rejects.toMatchObject({
        code: 'unavailable',
        headers: { 'Retry-After': '1' },
      });
    }
    expect(asked).toEqual([KEY]);
    now = 1_000;
    answer = good;
    expect(await tokens.tokenFor(KEY)).toBe('token-2');
  });
});
