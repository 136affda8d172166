import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AwsDouble } from './testing/aws.double.ts';
import { agent, clusterOf, task } from './testing/cluster.ts';
import { addProgram, runShell } from './testing/shell.run.ts';

const ONE = clusterOf([task('a1')]);

describe('npm run shell', () => {
  const transcript: string[] = [];
  let aws: AwsDouble;
  let path: string;
  let lines: string[];

  beforeAll(async () => {
    aws = await AwsDouble.start();
  });
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'gatehouse-shell-'));
    addProgram(path, 'ssh');
    addProgram(path, 'session-manager-plugin');
    aws.calls.length = 0;
    aws.answers = ONE;
    lines = [];
  });
  afterEach(() => {
    rmSync(path, { recursive: true });
    transcript.push(...lines, ...aws.calls.map(({ action }) => `    ${action}`), '');
  });
  afterAll(async () => {
    console.log(['', ...transcript].join('\n'));
    await aws.close();
  });

  const shell = async (args: string, env: Record<string, string> = {}) => {
    const ran = await runShell(args.split(' ').filter(Boolean), aws.url, path, env);
    lines.push(
      `$ npm run shell -- ${args}`,
      ...ran.output
        .trim()
        .split('\n')
        .map((line) => `  ${line}`),
    );
    for (const secret of ['double-secret-key', 'session-token-secret', 'AKIADOUBLE', '123456789012']) {
      expect(ran.output).not.toContain(secret);
    }
    return ran;
  };

  it('opens a shell in the one task that runs, and ends as it ends', async () => {
    const { code, output } = await shell('articles --cluster main');
    expect(output).toContain(
      'ran session-manager-plugin AWS_SSM_START_SESSION_RESPONSE eu-west-1 StartSession',
    );
    expect(output).toContain('{"Target":"ecs:main_a1_a1-1"}');
    expect(output).toContain('with a session');
    expect(code).toBe(7);
    const { body } = aws.calls.find(({ action }) => action === 'ExecuteCommand')!;
    expect(JSON.parse(body)).toMatchObject({
      cluster: 'main',
      task: 'a1',
      container: 'articles',
      command: '/bin/sh',
    });
  });

  it('goes to the instance by ssh, by its name', async () => {
    const { code, output } = await shell('articles --cluster main --ssh');
    expect(output).toContain('ran ssh -- house-1');
    expect(code).toBe(7);
  });

  it('says that there is no instance on Fargate', async () => {
    aws.answers = clusterOf([task('a1', { launchType: 'FARGATE', containerInstanceArn: undefined })]);
    expect((await shell('articles --ssh')).output).toContain('runs on Fargate');
  });

  it('wants to be told which, where several run and nobody can be asked', async () => {
    aws.answers = clusterOf([task('a1'), task('b2', { availabilityZone: 'eu-west-1b' })]);
    const { code, output } = await shell('articles');
    expect([code, output]).toEqual([1, expect.stringContaining('Say which one with --task a1')]);
    expect((await shell('articles --task b')).output).toContain('_b2_');
    expect((await shell('articles --task c')).output).toContain('begins with c. There are a1, b2.');
  });

  it.each([
    ['nothing runs', clusterOf([]), 'No task of articles runs'],
    ['it is still starting', clusterOf([task('a1', { lastStatus: 'PENDING' })]), '1 are starting'],
    ['ECS Exec is off', clusterOf([task('a1', { enableExecuteCommand: false })]), 'ECS Exec is off'],
    [
      'its agent has stopped',
      clusterOf([task('a1', { containers: [{ name: 'articles', managedAgents: [agent('STOPPED')] }] })]),
      'is STOPPED',
    ],
    [
      'the cluster does not exist',
      { ListTasks: { error: 'ClusterNotFoundException' } },
      'There is no cluster default in eu-west-1',
    ],
    [
      'the service does not exist',
      { ListTasks: { error: 'ServiceNotFoundException' } },
      'has no service articles',
    ],
    ['AWS is asked too much', { ListTasks: { error: 'ThrottlingException' } }, 'Wait a minute'],
    ['the credentials have expired', { ListTasks: { error: 'ExpiredTokenException' } }, 'have expired'],
    [
      'the credentials are none',
      { ListTasks: { error: 'UnrecognizedClientException' } },
      'does not take these credentials',
    ],
    ['it is not allowed', { ...ONE, ExecuteCommand: { error: 'AccessDeniedException' } }, 'may not do that'],
    [
      'the agent does not answer',
      { ...ONE, ExecuteCommand: { error: 'TargetNotConnectedException' } },
      'does not answer',
    ],
  ])('says so when %s', async (_, answers, words) => {
    aws.answers = answers;
    const { code, output } = await shell('articles');
    expect([code, output]).toEqual([1, expect.stringContaining(words)]);
  });

  it('says so when the instance has no name', async () => {
    aws.answers = { ...ONE, DescribeInstances: { xml: '<DescribeInstancesResponse/>' } };
    expect((await shell('articles --ssh')).output).toContain('i-0abc has no tag Name');
  });

  it('says where to get the plugin where it is missing', async () => {
    rmSync(join(path, 'session-manager-plugin'));
    expect((await shell('articles')).output).toContain('session-manager-plugin is not installed');
    expect(aws.calls.map(({ action }) => action)).not.toContain('ExecuteCommand');
  });

  it.each([
    ['', 'Name one service.'],
    ['articles consumer', 'Name one service.'],
    ['articles --clutser main', 'Unknown option'],
  ])('says how it is used, of "%s"', async (args, words) => {
    expect((await shell(args)).output).toContain(words);
  });

  it('says that AWS does not answer, or that there are no credentials', async () => {
    const none = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' };
    expect((await shell('articles', none)).output).toContain('There are no AWS credentials');
    expect((await shell('articles', { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' })).output).toContain(
      'AWS does not answer',
    );
  });
});
