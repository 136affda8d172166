import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { describe, expect, it } from 'vitest';
import { CreateApiKeyRequest } from './api-key.dto.js';

const complaints = (body: object) =>
  validateSync(plainToInstance(CreateApiKeyRequest, body)).map(({ property }) => property);

describe('CreateApiKeyRequest', () => {
  it('says in a sentence that something is there twice', () => {
    const scopes = ['account', 'account'];
    const [error] = validateSync(plainToInstance(CreateApiKeyRequest, { name: 'ci', scopes }));
    expect(Object.values(error!.constraints!)).toEqual(['scopes must not have anything in it twice']);
  });

  it('needs a name and nothing else', () => {
    expect(complaints({ name: 'ci' })).toEqual([]);
    expect(complaints({})).toEqual(['name']);
  });

  it.each([['🗝️'], ['x'.repeat(100)]])('takes the name %s', (name) => {
    expect(complaints({ name })).toEqual([]);
  });

  it.each([[''], ['x'.repeat(101)], [7], [null], ['\ud800']])('refuses the name %j', (name) => {
    expect(complaints({ name })).toEqual(['name']);
  });

  it.each([[['articles:read']], [['articles:read', 'admin']]])('takes the scopes %j', (scopes) => {
    expect(complaints({ name: 'ci', scopes })).toEqual([]);
  });

  it.each([[[]], [null], ['articles:read'], [['everything']], [['articles:read', 'articles:read']], [{}]])(
    'refuses the scopes %j',
    (scopes) => {
      expect(complaints({ name: 'ci', scopes })).toEqual(['scopes']);
    },
  );

  it.each([
    [null],
    ['2030-06-04T03:04:25Z'],
    ['2030-06-04T03:04:25.997Z'],
    ['2032-02-29T03:04:25.123456+02:00'],
  ])('takes %j for an end', (expires_at) => {
    expect(complaints({ name: 'ci', expires_at })).toEqual([]);
  });

  it.each([
    ['2030-06-04'],
    ['2030-06-04T03:04:25'],
    ['2030-06-04 03:04:25Z'],
    ['2030-02-30T03:04:25Z'],
    ['2030-06-04T24:00:00Z'],
    ['2030-06-04T03:04:60Z'],
    ['2030-W23-2T03:04:25Z'],
    ['tomorrow'],
    [''],
    [1_900_000_000],
    [{}],
  ])('refuses %j for an end', (expires_at) => {
    expect(complaints({ name: 'ci', expires_at })).toEqual(['expires_at']);
  });
});
