import type { ShellOptions } from './options.ts';
import { Trouble } from './trouble.ts';

interface AwsError {
  readonly name?: string;
  readonly code?: string;
  readonly $metadata?: unknown;
}

/** What AWS's refusals mean here. Their own words may quote keys, ARNs and accounts: they are not repeated. */
export function awsTrouble(error: unknown, { cluster, service, region }: ShellOptions): Trouble | undefined {
  const { name = '', code = '' } = error as AwsError;
  const where = region ? ` in ${region}` : '';
  switch (name) {
    case 'ClusterNotFoundException':
      return new Trouble(`There is no cluster ${cluster}${where}. Correct --cluster or --region.`);
    case 'ServiceNotFoundException':
      return new Trouble(
        `The cluster ${cluster} has no service ${service}${where}. Correct its name, --cluster or --region.`,
      );
    case 'ThrottlingException':
    case 'TooManyRequestsException':
    case 'RequestLimitExceeded':
      return new Trouble(
        'AWS takes no more requests from this account at the moment. Wait a minute, and try again.',
      );
    case 'ExpiredTokenException':
    case 'ExpiredToken':
    case 'RequestExpired':
      return new Trouble(
        'The AWS credentials have expired. Sign in again, for example with `aws sso login`.',
      );
    case 'UnrecognizedClientException':
    case 'InvalidSignatureException':
    case 'AuthFailure':
      return new Trouble(
        'AWS does not take these credentials. See which are used: AWS_PROFILE, AWS_ACCESS_KEY_ID or ~/.aws.',
      );
    case 'AccessDeniedException':
    case 'UnauthorizedOperation':
      return new Trouble(
        'These credentials may not do that. They need ecs:ListTasks, ecs:DescribeTasks and ecs:ExecuteCommand; for --ssh also ecs:DescribeContainerInstances and ec2:DescribeInstances.',
      );
    case 'CredentialsProviderError':
      return new Trouble(
        'There are no AWS credentials. Set AWS_PROFILE, or sign in, for example with `aws sso login`.',
      );
    case 'TargetNotConnectedException':
      return new Trouble(
        'The agent of ECS Exec in that task does not answer. See that its task role has the ssmmessages permissions, and start a new task.',
      );
    default:
      return unreachable(code, name, error, where);
  }
}

function unreachable(code: string, name: string, error: unknown, where: string): Trouble | undefined {
  if (/^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT)$/.test(code) || name === 'TimeoutError') {
    return new Trouble(`AWS does not answer${where}. See that there is such a region, and a network.`);
  }
  if (/region is missing/i.test((error as Error).message)) {
    return new Trouble('No region is set. Give --region, or set AWS_REGION.');
  }
  return (error as AwsError).$metadata === undefined ? undefined : new Trouble(`AWS answered ${name}.`);
}
