import { parseArgs } from 'node:util';
import { Trouble } from './trouble.ts';

/** Which service of which cluster, and what to do there. */
export interface ShellOptions {
  readonly service: string;
  readonly cluster: string;
  readonly region: string | undefined;
  /** The end of a task's ARN, where several run. */
  readonly task: string | undefined;
  readonly container: string | undefined;
  readonly command: string;
  /** By ssh to the instance instead of into the container. */
  readonly ssh: boolean;
}

export const USAGE = `npm run shell -- <service> [--cluster <name>] [--region <name>] [--task <id>] [--container <name>]
                            [--command /bin/sh] [--ssh]

Opens a shell in the running task of a service on Amazon ECS, by ECS Exec; with --ssh on the EC2 instance it runs on.
Credentials are those of the AWS SDK: the environment, ~/.aws, AWS_PROFILE or a role. The region is that of AWS_REGION
or of the profile, the cluster that of ECS_CLUSTER, or "default".`;

const OPTIONS = {
  cluster: { type: 'string' },
  region: { type: 'string' },
  task: { type: 'string' },
  container: { type: 'string' },
  command: { type: 'string', default: '/bin/sh' },
  ssh: { type: 'boolean', default: false },
} as const;

/** @throws Trouble where the words make no sense */
export function optionsOf(args: readonly string[], env: NodeJS.ProcessEnv): ShellOptions {
  const { values, positionals } = parsed(args);
  const [service, ...more] = positionals;
  if (!service || more.length > 0) throw new Trouble(`Name one service.\n\n${USAGE}`);
  const {
    cluster = env['ECS_CLUSTER'] ?? 'default',
    region = env['AWS_REGION'],
    task,
    container,
    command,
    ssh,
  } = values;
  return { service, cluster, region, task, container, command, ssh };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new Trouble(`${(error as Error).message}\n\n${USAGE}`);
  }
}
