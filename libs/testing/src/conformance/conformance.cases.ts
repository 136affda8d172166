import { ALGORITHM_CASES } from './cases/algorithm.cases.js';
import { CARRIER_CASES } from './cases/carrier.cases.js';
import { CLAIMS_CASES } from './cases/claims.cases.js';
import { CSRF_CASES } from './cases/csrf.cases.js';
import { ENCODING_CASES } from './cases/encoding.cases.js';
import { HEADER_CASES } from './cases/header.cases.js';
import { KEY_CASES } from './cases/key.cases.js';
import { METHOD_CASES } from './cases/methods.cases.js';
import { ORDER_CASES } from './cases/order.cases.js';
import { OUTAGE_CASES, START_CASES } from './cases/outage.cases.js';
import { REFUSAL_CASES } from './cases/refusal.cases.js';
import { REVOCATION_CASES } from './cases/revocation.cases.js';
import { SCOPE_CASES } from './cases/scope.cases.js';

export { START_CASES };

/** What is tried once the service is ready, in this order: what takes the issuer away comes last. */
export const CASES = [
  ...ALGORITHM_CASES,
  ...HEADER_CASES,
  ...ENCODING_CASES,
  ...CLAIMS_CASES,
  ...SCOPE_CASES,
  ...REFUSAL_CASES,
  ...ORDER_CASES,
  ...METHOD_CASES,
  ...CARRIER_CASES,
  ...CSRF_CASES,
  ...KEY_CASES,
  ...REVOCATION_CASES,
  ...OUTAGE_CASES,
];
