import { styleText } from 'node:util';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ECSClient } from '@aws-sdk/client-ecs';
import { awsTrouble } from './aws.trouble.ts';
import { openExecSession } from './exec.session.ts';
import { optionsOf, type ShellOptions } from './options.ts';
import { runningTasks, taskId } from './running.tasks.ts';
import { openSshSession } from './ssh.session.ts';
import { chooseTask } from './task.choice.ts';
import { Trouble } from './trouble.ts';

async function shell(options: ShellOptions): Promise<number> {
  const configuration = { ...(options.region && { region: options.region }), maxAttempts: 3 };
  const ecs = new ECSClient(configuration);
  const terminal = { input: process.stdin, output: process.stderr };
  const task = await chooseTask(await runningTasks(ecs, options), options, terminal);
  console.error(styleText('dim', `${options.service}: task ${taskId(task)}`, { stream: process.stderr }));
  return options.ssh
    ? openSshSession(ecs, new EC2Client(configuration), task, options)
    : openExecSession(ecs, task, options);
}

async function main(args: readonly string[]): Promise<number> {
  try {
    const options = optionsOf(args, process.env);
    return await shell(options).catch((error: unknown) => {
      throw awsTrouble(error, options) ?? error;
    });
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    console.error(styleText('red', error.message, { stream: process.stderr }));
    return 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
