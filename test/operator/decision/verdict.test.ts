import { type VerdictQuestion, verdictOn } from '../../../operator/decision/verdict';
import { placeUnder, policyWith, readAt } from '../../config/support/policy';
import { recordOf } from '../records';

const groups = 'security-group-open-ports';
const resource = { region: 'eu-west-1', resourceId: 'sg-0123456789abcdef0' };
const flags = (flag: string) =>
  policyWith(`autoResponse: { organizationalUnits: { /Workloads: ${flag} } }\n`);
const exempting = policyWith(`autoResponse: { default: on }
exemptions:
  - { control: ${groups}, account: "333333333333", resource: sg-0*, reason: r, owner: o, expires: 2026-12-01 }
`);
const frozen = (to: string) =>
  policyWith(`autoResponse: { default: on }
freezes: [{ from: 2026-11-01, to: ${to}, reason: holidays, accounts: [payments-prod] }]
`);
const lossy = { changes: [], lossy: true, losses: ['port 443'] };
const stop = { scope: 'ou-abcd-workload', reason: 'freeze', by: 'ada', at: '2026-11-23T09:00:00.000Z' };
const undone = {
  reason: 'needed',
  by: 'ada',
  until: '2026-12-01T00:00:00.000Z',
  writtenAt: '2026-11-01T00:00:00.000Z',
};
const decision = (what: 'approved' | 'denied') => ({
  seenDigest: 'seen',
  decision: { what, plan: 'plan', seen: 'seen', lossy: true, by: 'ada', at: '2026-11-23T09:00:00.000Z' },
});

const approvedUntil = (until: string) => {
  const { seenDigest, decision: approved } = decision('approved');
  const ending = { ...approved, until };
  return { seenDigest, decision: ending };
};

const verdict = (more: Partial<VerdictQuestion>) =>
  verdictOn({
    policy: flags('on'),
    place: placeUnder('Prod'),
    control: groups,
    now: readAt,
    watched: true,
    resource,
    ...more,
  });

describe('what would become of a resource', () => {
  it.each<[string, string, Partial<VerdictQuestion>, string]>([
    ['fixed', 'the flag is on', {}, 'by /Workloads (policy.yaml:6)'],
    ['reported', 'the flag is off', { policy: flags('off') }, 'The flag is off'],
    ['waits', 'the flag asks for approval', { policy: flags('approval') }, 'approve the plan first'],
    ['waits', 'its plan is lossy', { record: recordOf({ plan: lossy }) }, 'something harmless'],
    ['waits', 'what it lies under is paused', { stops: [stop] }, 'paused by ada: freeze'],
    [
      'waits',
      'a freeze of the policy holds',
      { policy: frozen('2026-11-23') },
      'A freeze of the policy holds until 2026-11-24T00:00:00.000Z (policy.yaml:7): holidays',
    ],
    [
      'fixed',
      'the freeze is over',
      { policy: frozen('2026-11-23'), now: new Date('2026-11-24T00:00:00Z') },
      'The flag is on',
    ],
    [
      'fixed',
      'somebody approved its lossy plan',
      { record: recordOf({ plan: lossy, ...decision('approved') }) },
      'ada approved',
    ],
    [
      'fixed',
      'the approval of its lossy plan still counts',
      { record: recordOf({ plan: lossy, ...approvedUntil('2026-12-31T00:00:00.000Z') }) },
      'ada approved',
    ],
    [
      'waits',
      'the approval of its lossy plan has expired',
      { record: recordOf({ plan: lossy, ...approvedUntil(readAt.toISOString()) }) },
      'somebody has to approve it',
    ],
    ['fixed', 'the pause is over', { stops: [{ ...stop, until: readAt.toISOString() }] }, 'The flag is on'],
    [
      'left alone',
      'somebody denied that plan',
      { record: recordOf(decision('denied')) },
      'ada decided against',
    ],
    [
      'fixed',
      'somebody denied another plan',
      { record: recordOf({ ...decision('denied'), seenDigest: 'other' }) },
      'The flag is on',
    ],
    [
      'reported',
      'it is off, whatever was approved',
      { policy: flags('off'), record: recordOf(decision('approved')) },
      'off',
    ],
    [
      'left alone',
      'the policy exempts it',
      { policy: exempting },
      'until 2026-12-01 (policy.yaml:8), for o: r',
    ],
    ['fixed', 'its exemption is over', { policy: exempting, now: new Date('2026-12-02T00:00:00Z') }, 'on'],
    ['left alone', 'its fix was undone', { undone }, 'undone for ada'],
    ['fixed', 'the end of its undoing has come', { undone, now: new Date('2026-12-02T00:00:00Z') }, 'on'],
    ['left alone', 'nothing watches the account', { watched: false }, 'none of the targets'],
    [
      'left alone',
      'its Region is not one of the policy',
      { resource: { ...resource, region: 'us-west-2' } },
      'us-west-2',
    ],
    [
      'left alone',
      'the policy cannot be resolved',
      {
        policy: policyWith('autoResponse: { default: on, accounts: { payments-prod: on } }\n'),
        place: placeUnder('Prod', { sameName: 2 }),
      },
      '2 accounts are named payments-prod',
    ],
  ])('is %s where %s', (expected, _, question, why) => {
    const { verdict: said, why: because } = verdict(question);
    expect(said).toBe(expected);
    expect(because).toContain(why);
  });
});
