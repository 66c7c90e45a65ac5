import { AuthorizeSecurityGroupIngressCommand, CreateSecurityGroupCommand } from '@aws-sdk/client-ec2';
import { roleNames } from '../../core/names';
import { trailDetailType } from '../../core/trail-call';
import type { TimedEvent } from '../../sandbox/events';
import type { Sandbox } from '../../sandbox/sandbox';
import { startScenarioSandbox } from '../../sandbox/scenario/sandbox';
import { waitUntil } from '../../sandbox/wait';

/** When something became of a change; seconds after it. */
export interface FixTimes {
  /** CloudTrail's event was in the remediation queue. */
  queued: number;
  /** The coordinator had a session to look. */
  looked: number;
  /** It had a session to fix. */
  fixing: number;
  /** The danger was gone. */
  closed: number;
  /** The fix was verified, recorded and reported. */
  fixed: number;
}

/** How long one thing may take, in milliseconds. Times are those of the events, however seldom is looked. */
const patience = 60_000;
const region = 'eu-west-1';
const ssh = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };

/**
 * Opens security groups one after the other in a sandbox that is calm each time, of which the trail alone tells, at once.
 * @param root the project's folder
 */
export async function fixByTrail(root: string, changes: number): Promise<FixTimes[]> {
  const sandbox = await startScenarioSandbox({
    projectDirectory: root,
    timeScale: 60,
    trailDelay: 0,
    detectors: ['trail'],
  });
  try {
    // The first of all has every function and connection still to start.
    await timesOf(sandbox, 'warm-up');
    const times: FixTimes[] = [];
    for (let change = 1; change <= changes; change += 1)
      times.push(await timesOf(sandbox, `opened-${change}`));
    return times;
  } finally {
    await sandbox.stop();
  }
}

async function timesOf(sandbox: Sandbox, name: string): Promise<FixTimes> {
  const { ec2 } = sandbox.clients('playground', region);
  const { log, failures } = sandbox;
  const { GroupId } = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName: name, Description: 'Opened by the bench' }),
  );
  await waitUntil('the sandbox was calm', sandbox.calm, failures, patience);
  const before = log.events.length;
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [ssh] }));
  await waitUntil('the group was fixed', () => log.events.slice(before).some(isFixed), failures, patience);
  const events = log.events.slice(before);
  const changes = events.filter(({ kind }) => kind === 'changed');
  const begin = changes[0]?.at ?? Number.NaN;
  const after = (at: number | undefined) => ((at ?? Number.NaN) - begin) / 1000;
  const first = (isIt: (event: TimedEvent) => boolean) => after(events.find(isIt)?.at);
  return {
    queued: first((event) => event.kind === 'queued' && event.body.includes(trailDetailType)),
    looked: first(isSession(roleNames.read)),
    fixing: first(isSession(roleNames.remediation)),
    closed: after(changes[1]?.at),
    fixed: first(isFixed),
  };
}

function isFixed(event: TimedEvent): boolean {
  return event.kind === 'report' && event.report.state === 'fixed';
}

function isSession(role: string): (event: TimedEvent) => boolean {
  return (event) => event.kind === 'assumed' && event.roleArn.endsWith(`/${role}`);
}
