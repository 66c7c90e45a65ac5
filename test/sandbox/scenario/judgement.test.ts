import type { Detector } from '../../../core/detector';
import { findingId } from '../../../core/finding';
import { lookVersion } from '../../../core/look-message';
import type { RemediationReport } from '../../../core/report';
import { clientsOfAccount } from '../../../sandbox/account-clients';
import type { TimedEvent } from '../../../sandbox/events';
import type { Gateway } from '../../../sandbox/gateway/api';
import { judgeResource } from '../../../sandbox/scenario/judgement';
import type { PlantedResource } from '../../../sandbox/scenario/planted';
import { testReport } from '../../hub-functions/notifier/events';
import { testIdentity } from '../../support/findings';

const { accountId, region, control, resourceId } = testIdentity;
const gateway = {
  endpoint: 'http://127.0.0.1:1',
  administratorOf: () => ({ accessKeyId: accountId, secretAccessKey: 'any' }),
} satisfies Pick<Gateway, 'endpoint' | 'administratorOf'>;

/** A group that only one detector can find, and that is healed. */
function resource(expectedDetector?: Detector): PlantedResource {
  const kind = {
    resourceType: 'AWS::EC2::SecurityGroup',
    control,
    text: 'a group',
    plant: async () => resourceId,
    planted: () => 'open',
    read: async () => 'shut',
  } as const;
  return {
    kind,
    dangerous: true,
    account: 'playground',
    accountId,
    region,
    resourceId,
    flag: 'on',
    plantedAt: 0,
    expectedState: 'fixed',
    ...(expectedDetector && { expectedDetector }),
    expected: 'shut',
    planted: 'open',
    healed: 'shut',
    clients: clientsOfAccount(gateway, accountId, region),
  };
}

/** A run in which a detector found it, and it was fixed. */
function eventsOf(detector: Detector): TimedEvent[] {
  const report: RemediationReport = { ...testReport, detector };
  const place = { accountId, region, resourceType: testIdentity.resourceType, resourceId };
  const look = { version: lookVersion, type: 'look', ...testIdentity, detector: 'patrol' };
  return [
    { kind: 'changed', operation: 'AuthorizeSecurityGroupIngress', by: 'somebody', ...place, at: 1_000 },
    { kind: 'queued', queueName: 'staunch-remediation', body: JSON.stringify(look), at: 4_000 },
    { kind: 'report', report, at: 5_000 },
    {
      kind: 'slack',
      channel: 'C',
      text: '',
      blocks: [findingId(testIdentity, report.occurrence)],
      at: 6_000,
    },
  ];
}

describe('what was planted', () => {
  it.each<Detector>(['trail', 'patrol'])(
    'is wrong where something else than the %s found it',
    async (only) => {
      expect((await judgeResource(resource(only), eventsOf(only))).problems).toEqual([]);
      expect((await judgeResource(resource(only), eventsOf('rule'))).problems).toEqual([
        `it was found by rule, should be by ${only}`,
      ]);
      expect((await judgeResource(resource(), eventsOf('rule'))).problems).toEqual([]);
    },
  );

  it('was found by the patrol when its wish for a look was in the queue', async () => {
    const { milliseconds } = await judgeResource(resource('patrol'), eventsOf('patrol'));
    expect(milliseconds).toMatchObject({ patrol: 3_000, decided: 4_000, slack: 5_000 });
  });
});
