import { describe, expect, it } from 'vitest';
import type { Answer } from './http.js';
import { flawIn } from './well-formed.js';

const problem = {
  type: 'about:blank',
  title: 'Not found',
  status: 404,
  detail: 'There is nothing at this address.',
  code: 'not_found',
  request_id: 'r1',
};

function answer(status: number, body: unknown, type = 'application/problem+json', id = 'r1'): Answer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    status,
    headers: { 'content-type': type, 'x-request-id': id },
    text,
    json: () => JSON.parse(text),
  };
}

describe('the eye for flaws', () => {
  it('has nothing against a problem', () => {
    expect(flawIn(answer(404, problem), '/articles/9')).toBeUndefined();
  });

  it.each([
    ['a 5xx', answer(500, { ...problem, status: 500 })],
    ['no request id', answer(404, problem, undefined, '')],
    ['another content type', answer(404, problem, 'text/html')],
    ['a missing member', answer(404, { ...problem, code: undefined })],
    ['a status that is not the status', answer(400, problem)],
    ['a stack', answer(404, { ...problem, detail: 'x at f (/srv/app.js:1:2)' })],
  ])('sees %s', (_, flawed) => {
    expect(flawIn(flawed, '/articles/9')).toEqual(expect.any(String));
  });

  it("knows each door's own format", () => {
    const json = 'application/json; charset=utf-8';
    expect(flawIn(answer(400, { error: 'invalid_request' }, json), '/oauth/token')).toBeUndefined();
    expect(flawIn(answer(400, problem), '/oauth/token')).toEqual(expect.any(String));
    expect(flawIn(answer(400, { error: 'invalid_request' }, json), '/oauth/token?a=b')).toBeUndefined();
    expect(
      flawIn(answer(401, { message: '', data: null, result_code: 'x' }, json), '/current_user'),
    ).toBeUndefined();
  });
});
