/**
 * The options of `AccessModule` cannot work. Thrown at start; every line names an option and the remedy.
 *
 * @example
 * AccessModule.forRoot({ issuer: 'id.example.com', audience: 'gatehouse', revocation: 'off' }); // throws
 */
export class AccessMisconfigured extends Error {
  override readonly name = 'AccessMisconfigured';

  constructor(readonly mistakes: readonly string[]) {
    super(`AccessModule is misconfigured:\n${mistakes.map((mistake) => `  - ${mistake}`).join('\n')}`);
  }
}
