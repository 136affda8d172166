import { DescribeInstancesCommand, type EC2Client } from '@aws-sdk/client-ec2';
import { DescribeContainerInstancesCommand, type ECSClient, type Task } from '@aws-sdk/client-ecs';
import { onPath, run } from './programs.ts';
import type { ShellOptions } from './options.ts';
import { Trouble } from './trouble.ts';

/** Opens a shell on the EC2 instance that a task runs on, by the name that its tag Name gives it; gives the exit code. */
export async function openSshSession(
  ecs: ECSClient,
  ec2: EC2Client,
  task: Task,
  options: ShellOptions,
): Promise<number> {
  if (!task.containerInstanceArn) {
    throw new Trouble(
      `This task of ${options.service} runs on Fargate, where there is no instance to go to. Leave out --ssh.`,
    );
  }
  if (!onPath('ssh')) throw new Trouble('There is no ssh on this machine. Install OpenSSH.');
  const name = await instanceName(ecs, ec2, task.containerInstanceArn, options);
  const command = options.command === '/bin/sh' ? [] : [options.command];
  // What the tag says is a host, and never one of ssh's own options.
  return run('ssh', ['--', name, ...command]);
}

async function instanceName(
  ecs: ECSClient,
  ec2: EC2Client,
  arn: string,
  { cluster }: ShellOptions,
): Promise<string> {
  const { containerInstances } = await ecs.send(
    new DescribeContainerInstancesCommand({ cluster, containerInstances: [arn] }),
  );
  const id = containerInstances?.[0]?.ec2InstanceId;
  if (!id)
    throw new Trouble(
      'The task runs on an instance that is none of EC2, such as ECS Anywhere: go there by your own means.',
    );
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }));
  const tags = Reservations?.[0]?.Instances?.[0]?.Tags ?? [];
  const name = tags.find(({ Key }) => Key === 'Name')?.Value;
  if (name) return name;
  throw new Trouble(
    `The instance ${id} has no tag Name. Give it the name that your ssh configuration knows it by.`,
  );
}
