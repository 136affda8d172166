const ACCOUNT = 'arn:aws:ecs:eu-west-1:123456789012';

/** A task as DescribeTasks tells it. */
export function task(id: string, changes: object = {}): object {
  return {
    taskArn: `${ACCOUNT}:task/main/${id}`,
    lastStatus: 'RUNNING',
    launchType: 'EC2',
    availabilityZone: 'eu-west-1a',
    startedAt: 1_780_000_000,
    enableExecuteCommand: true,
    containerInstanceArn: `${ACCOUNT}:container-instance/main/c1`,
    containers: [{ name: 'articles', runtimeId: `${id}-1`, managedAgents: [agent('RUNNING')] }],
    ...changes,
  };
}

/** The agent of ECS Exec, in a container. */
export function agent(lastStatus: string): object {
  return { name: 'ExecuteCommandAgent', lastStatus };
}

/** What a cluster answers in which these tasks run. */
export function clusterOf(tasks: readonly object[]): Record<string, object> {
  return {
    ListTasks: { taskArns: tasks.map((each) => (each as { taskArn: string }).taskArn) },
    DescribeTasks: { tasks },
    DescribeContainerInstances: { containerInstances: [{ ec2InstanceId: 'i-0abc' }] },
    DescribeInstances: {
      xml: `<DescribeInstancesResponse><reservationSet><item><instancesSet><item><instanceId>i-0abc</instanceId>
        <tagSet><item><key>Name</key><value>house-1</value></item></tagSet></item></instancesSet></item></reservationSet>
        </DescribeInstancesResponse>`,
    },
    ExecuteCommand: {
      session: { sessionId: 's-1', streamUrl: 'wss://ssm.test/s-1', tokenValue: 'session-token-secret' },
    },
  };
}
