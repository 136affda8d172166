import { Forbidden } from '@gatehouse/contracts';

/**
 * None of the roles this needs: 403. The answer does not tell which they are.
 *
 * @example
 * if (!principal.roles.includes('admin')) throw new InsufficientRole();
 */
export class InsufficientRole extends Forbidden {}
