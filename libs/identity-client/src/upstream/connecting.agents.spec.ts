import { once } from 'node:events';
import { get as getHttp } from 'node:http';
import { get as getHttps } from 'node:https';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { json, TestServer } from '@gatehouse/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConnectingAgents } from './connecting.agents.js';

describe('ConnectingAgents', () => {
  let agents: ConnectingAgents;
  let silent: Server;

  beforeEach(async () => {
    agents = new ConnectingAgents(50);
    silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
  });
  afterEach(() => {
    agents.destroy();
    silent.close();
  });

  it('give up on a connection whose handshake does not come to an end', async () => {
    const { port } = silent.address() as AddressInfo;
    const request = getHttps({ port, host: '127.0.0.1', agent: agents.httpsAgent });
    const [error] = (await once(request, 'error')) as [Error];
    expect(error).toMatchObject({ code: 'ERR_CONNECT_DEADLINE' });
  });

  it('let a connection that is there take its time, and use it again', async () => {
    const server = await TestServer.start((request, response) =>
      setTimeout(() => json(1)(request, response), 100),
    );
    const ports: (number | undefined)[] = [];
    for (let i = 0; i < 2; i += 1) {
      const request = getHttp(server.url, { agent: agents.httpAgent });
      const [answer] = (await once(request, 'response')) as [NodeJS.ReadableStream];
      ports.push(request.socket?.localPort);
      await once(answer.resume(), 'end');
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(ports[1]).toBe(ports[0]);
    await server.close();
  });
});
