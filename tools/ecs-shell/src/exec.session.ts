import { type ECSClient, ExecuteCommandCommand, type Session, type Task } from '@aws-sdk/client-ecs';
import { onPath, run } from './programs.ts';
import type { ShellOptions } from './options.ts';
import { taskId } from './running.tasks.ts';
import { Trouble } from './trouble.ts';

const PLUGIN = 'session-manager-plugin';

/** Opens a shell in a task's container by ECS Exec; gives the exit code. */
export async function openExecSession(ecs: ECSClient, task: Task, options: ShellOptions): Promise<number> {
  if (!onPath(PLUGIN)) {
    throw new Trouble(
      `${PLUGIN} is not installed, and ECS Exec needs it: https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html`,
    );
  }
  const container = containerOf(task, options);
  const { cluster, command } = options;
  const answer = await ecs.send(
    new ExecuteCommandCommand({
      cluster,
      task: taskId(task),
      container: container.name,
      command,
      interactive: true,
    }),
  );
  const target = `ecs:${cluster.split('/').at(-1)}_${taskId(task)}_${container.runtimeId}`;
  return attach(answer.session!, target, await ecs.config.region());
}

/** As `aws ecs execute-command` starts it. The token goes by the environment, which no list of processes shows. */
function attach(
  { sessionId, streamUrl, tokenValue }: Session,
  target: string,
  region: string,
): Promise<number> {
  const session = JSON.stringify({ SessionId: sessionId, StreamUrl: streamUrl, TokenValue: tokenValue });
  const variable = 'AWS_SSM_START_SESSION_RESPONSE';
  const arguments_ = [variable, region, 'StartSession', '', JSON.stringify({ Target: target })];
  return run(PLUGIN, arguments_, { [variable]: session });
}

function containerOf(task: Task, { container: wanted, service }: ShellOptions) {
  if (!task.enableExecuteCommand) {
    throw new Trouble(
      `ECS Exec is off for this task of ${service}. Turn it on (aws ecs update-service --service ${service} --enable-execute-command --force-new-deployment); running tasks keep it off.`,
    );
  }
  const containers = task.containers ?? [];
  const found = wanted
    ? containers.find(({ name }) => name === wanted)
    : (containers.find(({ name }) => name === service) ?? containers[0]);
  if (!found)
    throw new Trouble(
      `The task has no container ${wanted}. It has ${containers.map(({ name }) => name).join(', ')}.`,
    );
  const agent = found.managedAgents?.find(({ name }) => name === 'ExecuteCommandAgent');
  if (agent?.lastStatus === 'RUNNING') return found;
  throw new Trouble(
    `The agent of ECS Exec in ${found.name} is ${agent?.lastStatus ?? 'absent'}. See that the task role has the ssmmessages permissions, and start a new task.`,
  );
}
