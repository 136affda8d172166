import { ask, NoReply } from '../setup/reply.ts';
import type { Setup } from '../setup/setup.ts';
import type { Explanation, Step } from './explanation.ts';
import { answerStep } from './steps/answer.step.ts';
import { audienceStep } from './steps/audience.step.ts';
import { issuerStep } from './steps/issuer.step.ts';
import { keyStep } from './steps/key.step.ts';
import { revocationStep } from './steps/revocation.step.ts';
import { shapeStep } from './steps/shape.step.ts';
import { signatureStep } from './steps/signature.step.ts';
import { timeStep } from './steps/time.step.ts';
import { typeStep } from './steps/type.step.ts';
import { TokenCase } from './token.case.ts';
import type { TokenQuestion } from './token.question.ts';

/** What may be the reason, in the order in which one rules out the next. The last one always answers. */
const STEPS: readonly Step[] = [
  shapeStep,
  typeStep,
  issuerStep,
  keyStep,
  signatureStep,
  audienceStep,
  timeStep,
  revocationStep,
  answerStep,
];

const METADATA = '/.well-known/oauth-protected-resource';

/**
 * Why a service refuses a token. The service does not say, and must not: this is worked out from what it and its
 * issuer publish, with the verifier that guards use.
 */
export async function explain(question: TokenQuestion, setup: Setup): Promise<Explanation> {
  try {
    const metadata = await ask(`${question.service}${METADATA}`);
    const of = new TokenCase(question, setup, metadata);
    return of.issuer ? await firstReason(of) : notGuarded(question);
  } catch (error) {
    if (!(error instanceof NoReply)) throw error;
    return {
      reason: 'service-away',
      cause: `Nothing answers at ${question.service}.`,
      remedy:
        'Start it, or correct --service. `npm run doctor` without a token says what is wrong with the set-up.',
    };
  }
}

async function firstReason(of: TokenCase): Promise<Explanation> {
  for (const step of STEPS) {
    const found = await step(of);
    if (found) return found;
  }
  throw new Error('the last step has not answered');
}

function notGuarded({ service }: TokenQuestion): Explanation {
  return {
    reason: 'not-guarded',
    cause: `What is at ${service} does not say whose tokens it takes: there is no ${METADATA} (RFC 9728).`,
    remedy: 'Give the address of a service that installs AccessModule.',
  };
}
