import { Forbidden } from '@gatehouse/contracts';
import { describe, expect, it } from 'vitest';
import type { Principal } from '../principal/principal.js';
import { authorize, type Policy } from './policy.js';

type Action = 'read' | 'change';
const principal = { id: 'usr_1' } as Principal;
const own: Policy<Action, { owner: string }> = {
  can: ({ id }, action, { owner }) => action === 'read' || id === owner,
};

describe('a policy', () => {
  it('lets pass whom it says may do this to that', async () => {
    await expect(authorize(own, principal, 'change', { owner: 'usr_1' })).resolves.toBeUndefined();
    await expect(authorize(own, principal, 'read', { owner: 'usr_2' })).resolves.toBeUndefined();
  });

  it('stops everybody else, in its own words where it has any', async () => {
    const refused = authorize(own, principal, 'change', { owner: 'usr_2' });
    await expect(refused).rejects.toThrow(Forbidden);
    await expect(refused).rejects.toThrow('You may not do this.');
    const told = { ...own, refusal: 'Only its owner may.' };
    await expect(authorize(told, principal, 'change', { owner: 'usr_2' })).rejects.toThrow(told.refusal);
  });

  it('may take its time', async () => {
    const answering = (answer: boolean): Policy<Action, null> => ({ can: async () => answer });
    await expect(authorize(answering(true), principal, 'read', null)).resolves.toBeUndefined();
    await expect(authorize(answering(false), principal, 'read', null)).rejects.toThrow(Forbidden);
  });

  it.each([undefined, null, 1, 'no', {}])('that answers %j has not said yes', async (answer) => {
    const careless = { can: () => answer } as unknown as Policy<Action, null>;
    await expect(authorize(careless, principal, 'read', null)).rejects.toThrow(Forbidden);
  });
});
