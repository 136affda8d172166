import { StartFailure } from './start.failure.js';

/** The environment does not make a valid configuration. Names every setting that is wrong, never a value. */
export class ConfigurationError extends StartFailure {
  /** @param mistakes one sentence each, with the remedy */
  constructor(readonly mistakes: readonly string[]) {
    super(['The configuration is not valid:', ...mistakes.map((mistake) => `  - ${mistake}`)].join('\n'));
  }
}
