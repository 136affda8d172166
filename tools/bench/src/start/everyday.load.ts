import { closedLoop } from '../load/closed.loop.js';
import { HttpLoad } from '../load/http.load.js';
import { KeepAliveConnection } from '../load/keep-alive.connection.js';
import type { Workplace } from '../report/workplace.js';
import type { StartedServices } from './started.services.js';

const READER = { email: 'reader@example.com', password: 'opensesame-please' };
const SIGN_INS_AT_ONCE = 8;
const CONNECTIONS = 64;

/** Keeps one service after the other busy for so many seconds: with sign-ins, lists, and lists by way of the consumer. */
export async function everydayLoad(
  place: Workplace,
  services: StartedServices,
  seconds: number,
): Promise<void> {
  const identity = services.at('identity');
  const connections = await Promise.all(
    Array.from({ length: SIGN_INS_AT_ONCE }, () => KeepAliveConnection.open(identity)),
  );
  const steps = connections.map((connection) => async () => void (await signIn(connection)()));
  await closedLoop(steps, seconds);
  const token = await signIn(connections[0]!)();
  connections.forEach((connection) => connection.close());
  const load = await HttpLoad.of([token], place.file('token'), CONNECTIONS);
  for (const name of ['articles', 'consumer']) await load.on(`${services.at(name)}/articles`)(seconds);
}

function signIn(connection: KeepAliveConnection): () => Promise<string> {
  const body = JSON.stringify({ auth: READER });
  return async () => {
    const answer = await connection.post('/user_token', body, 'application/json');
    if (answer.status !== 201) throw new Error(`a sign-in answered ${answer.status}`);
    return (JSON.parse(answer.body) as { jwt: string }).jwt;
  };
}
