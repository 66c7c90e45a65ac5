import type { CompiledPolicy } from '../../config/compiled';
import type { AccountPlace } from '../../config/place';
import type { Facts } from '../../decision/facts';
import { rulingAt } from '../../decision/finding-ruling';
import { type Foretold, foretell } from '../../decision/foretelling';
import { questionNames } from '../../decision/question';
import { factsOfRecords } from '../../decision/record-facts';
import type { FindingRecord } from '../../ledger/findings/record';
import { placeUnder, policyWith, readAt } from '../config/support/policy';
import { recordOf } from '../operator/records';

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
const tagging = policyWith(`autoResponse: { default: on }
exemptionRules: { byTag: { organizationalUnits: [/Workloads], maximumDays: 3 } }
`);
const ambiguous = {
  policy: policyWith('autoResponse: { default: on, accounts: { payments-prod: on } }\n'),
  place: placeUnder('Prod', { sameName: 2 }),
};
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

/** What a case says of the world. */
interface Said extends Partial<Facts> {
  policy?: CompiledPolicy;
  place?: AccountPlace;
  record?: FindingRecord;
}

function foretold({ policy = flags('on'), place = placeUnder('Prod'), record, ...more }: Said): Foretold {
  const { now = readAt } = more;
  return foretell({
    now,
    policy,
    ruling: rulingAt(place, { control: groups, resource }, policy, now),
    region: resource.region,
    watched: true,
    ...factsOfRecords(record ? [record] : [], now),
    ...more,
  });
}

describe('what would become of a resource', () => {
  it.each<[Foretold['ending'], string, Said, string]>([
    ['fixed', 'the flag is on', {}, 'by /Workloads (policy.yaml:6)'],
    ['reported', 'the flag is off', { policy: flags('off') }, 'The flag is off'],
    ['waits', 'the flag asks for approval', { policy: flags('approval') }, 'approve the plan first'],
    ['waits', 'its plan is lossy', { record: recordOf({ plan: lossy }) }, 'something harmless'],
    ['waits', 'what it lies under is paused', { stops: [stop] }, 'paused by ada: freeze'],
    [
      'waits',
      'a freeze of the policy holds',
      { policy: frozen('2026-11-23') },
      'A freeze of the policy holds until 2026-11-24 00:00 UTC (policy.yaml:7): holidays',
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
      'an operator has to approve it',
    ],
    [
      'left alone',
      'it lies in the management account',
      { place: placeUnder('Prod', { accountId: '111111111111', name: 'management' }) },
      'the management account',
    ],
    ['fixed', 'the pause is over', { stops: [{ ...stop, until: readAt.toISOString() }] }, 'The flag is on'],
    ['left alone', 'somebody denied that plan', { record: recordOf(decision('denied')) }, 'Denied by ada'],
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
      'until 2026-12-02 00:00 UTC (policy.yaml:8), for o: r',
    ],
    ['fixed', 'its exemption is over', { policy: exempting, now: new Date('2026-12-02T00:00:00Z') }, 'on'],
    ['left alone', 'its fix was undone', { undone }, 'undone by ada'],
    ['fixed', 'the end of its undoing has come', { undone, now: new Date('2026-12-02T00:00:00Z') }, 'on'],
    ['left alone', 'nothing watches the account', { watched: false }, 'none of the targets'],
    ['left alone', 'its Region is not one of the policy', { region: 'us-west-2' }, 'us-west-2'],
    ['left alone', 'the policy cannot be resolved', ambiguous, '2 accounts are named payments-prod'],
    [
      'left alone',
      'its fix was undone, also where the policy cannot be resolved',
      { ...ambiguous, undone },
      'undone by ada',
    ],
    [
      'left alone',
      'the look saw a tag that exempts it',
      { policy: tagging, record: recordOf({ exemptUntil: '2026-11-30' }), tagSeen: readAt },
      'The tag staunch:exempt-until says',
    ],
    [
      'fixed',
      'the days of its tag are over',
      {
        policy: tagging,
        record: recordOf({ exemptUntil: '2026-11-30' }),
        tagSeen: new Date('2026-11-01T00:00:00Z'),
      },
      'The flag is on',
    ],
    [
      'waits',
      'a limit is reached',
      { limit: { scope: { kind: 'organization' }, limit: 3, freeAt: readAt } },
      '3 fixes an hour for the organization',
    ],
    [
      'waits',
      'its danger was put back twice within the day',
      {
        record: recordOf({ writes: ['2026-11-23T09:58:00.000Z', '2026-11-23T09:59:00.000Z'] }),
        earlierWrites: [],
      },
      'It was changed 2 times within a day',
    ],
    [
      'fixed',
      'its danger was put back once within the day',
      { record: recordOf({ writes: ['2026-11-23T09:58:00.000Z'] }), earlierWrites: [] },
      'is on',
    ],
    [
      'fixed',
      'its danger was put back, and somebody approved it since',
      {
        record: recordOf({
          writes: ['2026-11-23T08:58:00.000Z', '2026-11-23T08:59:00.000Z'],
          ...decision('approved'),
        }),
      },
      'ada approved',
    ],
    [
      'waits',
      'the role that fixes cannot be assumed',
      { refusal: { reason: 'No role.', errorCode: 'AccessDenied' } },
      'No role.',
    ],
    [
      'waits',
      'the last attempt failed, until its pause is over',
      { record: recordOf({ state: 'failed', nextAttemptAt: '2026-11-23T10:04:00.000Z' }) },
      '2026-11-23 10:04 UTC',
    ],
    [
      'waits',
      'it is new, and the account has no place for it',
      { openFindings: 500 },
      'as many as the policy allows (limits.openFindings)',
    ],
    [
      'waits',
      'the stop switch cannot be read',
      { stops: { unreadable: 'Throttled' } },
      'cannot be read: Throttled',
    ],
  ])('is %s where %s', (expected, _, said, why) => {
    const { ending, why: because } = foretold(said);
    expect(ending).toBe(expected);
    expect(because).toContain(why);
  });

  it('has the answer of every question, also of those after the one that decides', () => {
    const { trace } = foretold({ policy: flags('approval'), stops: [stop] });
    expect(trace.map(({ asked }) => asked)).toEqual(questionNames.filter((name) => name !== 'move'));
    expect(trace.filter(({ decides }) => decides)).toMatchObject([{ asked: 'approval' }]);
    expect(trace.find(({ asked }) => asked === 'stop')?.answer).toContain('paused by ada');
  });
});
