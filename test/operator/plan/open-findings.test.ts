import type { FindingRecord } from '../../../ledger/findings/record';
import type { UndoExemption } from '../../../ledger/findings/undo-exemption';
import { findingsAtOnce } from '../../../operator/plan/open-findings';
import { policyOf, policyWith, readAt } from '../../config/support/policy';
import { bucketRecord, recordOf } from '../records';
import { structureWith } from '../structures';

const identity = { accountId: '444444444444' };
const on = policyOf('  organizationalUnits: { /Sandbox: on }');
const off = policyOf('  default: off');
const stop = { scope: '444444444444', reason: 'freeze', by: 'ada', at: '2026-11-23T09:00:00.000Z' };

function atOnce(
  records: FindingRecord[],
  {
    next = on,
    deployed = off,
    targets = ['r-abcd'],
    stops = [] as (typeof stop)[],
    undone = 'none' as UndoExemption | 'none',
  } = {},
): string[] {
  const known = () => ({ stops, undone });
  return findingsAtOnce({ next, deployed, targets }, structureWith(), { records, known }, readAt).map(
    ({ record, becomes }) => `${record.identity.resourceId} ${becomes}`,
  );
}

describe('open findings of which a policy makes something at once', () => {
  it('are those that would be fixed, or would wait', () => {
    expect(
      atOnce([
        recordOf({ identity }),
        bucketRecord({ identity, plan: { changes: [], lossy: true, losses: ['more'] } }),
        recordOf({ identity: { accountId: '333333333333', resourceId: 'sg-off' } }),
      ]),
    ).toEqual(['sg-0123456789abcdef0 fixed', 'photos waits']);
  });

  it.each(['waiting', 'exempt', 'given-up', 'held'] as const)(
    'have those among them that are %s',
    (state) => {
      expect(atOnce([recordOf({ identity, state })])).toHaveLength(1);
    },
  );

  it.each(['fixed', 'gone', 'already-compliant', 'received'] as const)(
    'have none among them that is %s',
    (state) => {
      expect(atOnce([recordOf({ identity, state })])).toEqual([]);
    },
  );

  it('would wait, frozen, where they are more than the policy has fixed without a person', () => {
    const left = { state: 'reported', standing: 'left-alone', ruled: 'another' } as const;
    const records = [1, 2, 3].map((number) =>
      recordOf({ identity: { ...identity, resourceId: `sg-${number}` }, ...left }),
    );
    const thawing = (account: number) => ({ ...on, thaw: { account, organization: 10 } });
    expect(atOnce(records, { next: thawing(3) })).toEqual(['sg-1 fixed', 'sg-2 fixed', 'sg-3 fixed']);
    expect(atOnce(records, { next: thawing(2) })).toEqual(['sg-1 waits', 'sg-2 waits', 'sg-3 waits']);
    // A little of it goes on, to what holds it then.
    expect(atOnce(records.slice(1), { next: thawing(2), stops: [stop] })).toEqual([
      'sg-2 waits',
      'sg-3 waits',
    ]);
  });

  it('would wait while a freeze of the policy holds', () => {
    const next = policyWith(`autoResponse: { organizationalUnits: { /Sandbox: on } }
freezes: [{ from: 2026-11-23, to: 2026-11-30, reason: holidays }]
`);
    expect(atOnce([recordOf({ identity })], { next })).toEqual(['sg-0123456789abcdef0 waits']);
  });

  it('are the latest occurrences', () => {
    expect(atOnce([recordOf({ identity }), recordOf({ identity, occurrence: 2, state: 'fixed' })])).toEqual(
      [],
    );
  });

  it('have none that is tried already, but those that were only reported', () => {
    expect(atOnce([recordOf({ identity, state: 'failed' })], { deployed: on })).toEqual([]);
    expect(atOnce([recordOf({ identity, state: 'reported' })], { deployed: on })).toHaveLength(1);
  });

  it('have none of an account that nothing watches, that left, or of a resource that is exempt', () => {
    const record = recordOf({ identity });
    const exemption = {
      reason: 'r',
      by: 'ada',
      until: '2026-12-01T00:00:00.000Z',
      writtenAt: '2026-11-01T00:00:00.000Z',
    };
    expect(atOnce([record], { targets: ['ou-abcd-workload'] })).toEqual([]);
    expect(atOnce([recordOf({ identity: { accountId: '999999999999' } })])).toEqual([]);
    expect(atOnce([record], { undone: exemption })).toEqual([]);
    const exempting = policyWith(`autoResponse: { default: on }
exemptions:
  - { control: security-group-open-ports, organizationalUnit: /Sandbox, resource: sg-*, reason: r, owner: o, expires: 2026-12-01 }
`);
    expect(atOnce([record], { next: exempting })).toEqual([]);
  });

  it('have one among them whose exemption the policy takes away', () => {
    const exempting = policyWith(`autoResponse: { default: on }
exemptions:
  - { control: security-group-open-ports, organizationalUnit: /Sandbox, resource: sg-*, reason: r, owner: o, expires: 2026-12-01 }
`);
    expect(atOnce([recordOf({ identity, state: 'exempt' })], { deployed: exempting })).toHaveLength(1);
  });

  it('would wait while the account is paused', () => {
    expect(atOnce([recordOf({ identity })], { stops: [stop] })).toEqual(['sg-0123456789abcdef0 waits']);
  });
});
