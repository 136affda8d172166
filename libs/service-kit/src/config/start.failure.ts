/**
 * A service cannot start, for a reason that whoever starts it can mend. The message says what is wrong and how to mend
 * it; it is printed without a stack, and tells no secret.
 */
export class StartFailure extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}
