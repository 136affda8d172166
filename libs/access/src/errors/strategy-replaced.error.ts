/** Another passport strategy took the name `jwt`, and with it the verification. A mistake of the service: 500. */
export class StrategyReplaced extends Error {
  override readonly name = 'StrategyReplaced';

  constructor() {
    super(
      'Another passport strategy is registered as "jwt". Give it another name: AccessModule brings its own.',
    );
  }
}
