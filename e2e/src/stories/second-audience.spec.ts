import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gatehouse, startGatehouse } from '../harness/gatehouse.js';
import { send } from '../harness/http.js';
import { READER, tokenFor } from '../harness/sign-in.js';

describe('articles with an audience of its own', () => {
  let gatehouse: Gatehouse;
  let bearer: string;

  beforeAll(async () => {
    // Reaches articles as AUDIENCE, and consumer as what articles wants.
    gatehouse = await startGatehouse(testDatabases()[0]!, { env: { ARTICLES_AUDIENCE: 'articles' } });
    bearer = await tokenFor(gatehouse.identity, READER);
  });
  afterAll(() => gatehouse?.stop());

  it("does not take the caller's own token", async () => {
    expect((await send(`${gatehouse.articles}/articles`, { bearer })).status).toBe(401);
  });

  it("is reached through consumer, which exchanges the caller's token once", async () => {
    for (const limit of [10, 20, 30]) {
      const answer = await send(`${gatehouse.consumer}/articles?limit=${limit}`, { bearer });
      expect(answer.status).toBe(200);
      expect(answer.json<{ id: number }[]>()[0]).toMatchObject({ id: 1 });
    }
    await expect.poll(() => loginsLogged(gatehouse)).toBeGreaterThan(0);
    const before = loginsLogged(gatehouse);
    expect((await send(`${gatehouse.consumer}/articles?limit=40`, { bearer })).status).toBe(200);
    expect(loginsLogged(gatehouse)).toBe(before);
  });

  it('is reached by consumer itself with a token of that audience', async () => {
    expect((await send(`${gatehouse.consumer}/articles`)).status).toBe(200);
  });
});

/** How often the token endpoint was asked, as identity's log tells. */
function loginsLogged({ lines }: Gatehouse): number {
  return lines.filter((line) => line.startsWith('identity') && line.includes('/oauth/token')).length;
}
