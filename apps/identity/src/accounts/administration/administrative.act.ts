import type { RequestOrigin } from '../../audit/request.origin.js';

/** Who administers, and where from: absent at the command line. */
export interface AdministrativeAct {
  readonly actorId: string | null;
  readonly origin?: RequestOrigin;
}
