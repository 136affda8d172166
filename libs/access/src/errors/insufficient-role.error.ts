import { Forbidden } from '@gatehouse/contracts';

/** None of the roles this needs: 403. The answer does not tell which they are. */
export class InsufficientRole extends Forbidden {}
