import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gatehouse, startGatehouse } from '../harness/gatehouse.js';
import { send } from '../harness/http.js';
import { READER, tokenFor } from '../harness/sign-in.js';

describe.each(testDatabases())('door 3, the consumer, on $name', (kind) => {
  let gatehouse: Gatehouse;

  beforeAll(async () => {
    gatehouse = await startGatehouse(kind);
  });
  afterAll(() => gatehouse?.stop());

  it('serves the articles to who brings no credential, as a service of its own', async () => {
    const bearer = await tokenFor(gatehouse.identity, READER);
    const [own, direct] = await Promise.all([
      send(`${gatehouse.consumer}/articles`),
      send(`${gatehouse.articles}/articles`, { bearer }),
    ]);
    expect(own.status).toBe(200);
    expect(own.json()).toEqual(direct.json());
  });

  it('serves them to a caller with a token of their own', async () => {
    const bearer = await tokenFor(gatehouse.identity, READER);
    const answer = await send(`${gatehouse.consumer}/articles`, { bearer });
    expect(answer.status).toBe(200);
    expect(answer.json<{ id: number }[]>()[0]).toMatchObject({ id: 1, title: 'first article' });
  });

  it('refuses a bad token here, and does not fall back to its own identity', async () => {
    const answer = await send(`${gatehouse.consumer}/articles`, { bearer: 'garbage' });
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toContain('error="invalid_token"');
    expect(answer.json()).toMatchObject({ code: 'invalid_token' });
  });

  it('answers HEAD as GET', async () => {
    const answer = await send(`${gatehouse.consumer}/articles`, { method: 'HEAD' });
    expect([answer.status, answer.text]).toEqual([200, '']);
  });

  it('passes the request id on to the service it calls', async () => {
    const id = `e2e-${process.pid}-${kind.name}`;
    await send(`${gatehouse.consumer}/articles?limit=1`, { headers: { 'x-request-id': id } });
    await expect
      .poll(() => gatehouse.lines.filter((line) => line.startsWith('articles') && line.includes(id)))
      .not.toEqual([]);
  });
});
