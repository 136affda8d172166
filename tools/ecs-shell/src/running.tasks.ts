import { DescribeTasksCommand, type ECSClient, ListTasksCommand, type Task } from '@aws-sdk/client-ecs';
import type { ShellOptions } from './options.ts';
import { Trouble } from './trouble.ts';

/** DescribeTasks takes no more at once. */
const AT_ONCE = 100;

/** The running tasks of a service, oldest first. @throws Trouble where there is none */
export async function runningTasks(ecs: ECSClient, { cluster, service }: ShellOptions): Promise<Task[]> {
  const listed = await ecs.send(
    new ListTasksCommand({ cluster, serviceName: service, desiredStatus: 'RUNNING', maxResults: AT_ONCE }),
  );
  const arns = listed.taskArns ?? [];
  const tasks = arns.length > 0 ? await describe(ecs, cluster, arns) : [];
  const running = tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING');
  if (running.length > 0) return running.toSorted((a, b) => startOf(a) - startOf(b));
  const why =
    arns.length > 0
      ? `${arns.length} are starting`
      : 'its desired count may be 0, or its tasks end as they start';
  throw new Trouble(
    `No task of ${service} runs in the cluster ${cluster}: ${why}. See the events of the service.`,
  );
}

async function describe(ecs: ECSClient, cluster: string, arns: string[]): Promise<Task[]> {
  const { tasks } = await ecs.send(new DescribeTasksCommand({ cluster, tasks: arns }));
  return tasks ?? [];
}

/** The end of a task's ARN, which is what people call it by. */
export function taskId({ taskArn = '' }: Task): string {
  return taskArn.split('/').at(-1)!;
}

function startOf({ startedAt }: Task): number {
  return startedAt?.getTime() ?? 0;
}
