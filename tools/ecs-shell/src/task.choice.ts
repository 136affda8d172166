import { createInterface } from 'node:readline/promises';
import type { Task } from '@aws-sdk/client-ecs';
import type { ShellOptions } from './options.ts';
import { taskId } from './running.tasks.ts';
import { Trouble } from './trouble.ts';

/** Where somebody can be asked. */
export interface Terminal {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
}

/** The one that runs, the one that was named, or the one that the person at the terminal picks. */
export async function chooseTask(
  tasks: readonly Task[],
  { task: wanted, service }: ShellOptions,
  terminal: Terminal,
): Promise<Task> {
  const matching = wanted ? tasks.filter((each) => taskId(each).startsWith(wanted)) : tasks;
  if (matching.length === 1) return matching[0]!;
  const lines = matching.map((each, index) => `  ${index + 1}  ${describe(each)}`).join('\n');
  if (matching.length === 0)
    throw new Trouble(
      `No running task of ${service} begins with ${wanted}. There are ${tasks.map(taskId).join(', ')}.`,
    );
  if (!terminal.input.isTTY) {
    throw new Trouble(
      `${matching.length} tasks of ${service} run:\n${lines}\nSay which one with --task ${taskId(matching[0]!)}.`,
    );
  }
  return matching[await pick(lines, matching.length, terminal)]!;
}

async function pick(lines: string, count: number, { input, output }: Terminal): Promise<number> {
  const prompt = createInterface({ input, output });
  try {
    const answer = await prompt.question(`${lines}\nWhich one? [1] `);
    const number = answer.trim() === '' ? 1 : Number(answer);
    if (Number.isInteger(number) && number >= 1 && number <= count) return number - 1;
    throw new Trouble(`There is no ${answer.trim()}: a number from 1 to ${count} was wanted.`);
  } finally {
    prompt.close();
  }
}

function describe(task: Task): string {
  return [taskId(task), task.launchType, task.availabilityZone, task.startedAt?.toISOString()]
    .filter(Boolean)
    .join('  ');
}
