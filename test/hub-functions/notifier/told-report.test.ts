import { changeDiff } from '../../../cli/show/change-diff';
import { toldReport } from '../../../hub-functions/notifier/told-report';
import { keptReport } from '../../../ledger/cards/kept-report';
import { accounts } from '../../support/findings';
import { testReport } from './events';
import { slackPolicy } from './support/channel-world';

const change = {
  action: 'revoke',
  text: 'Take it off.',
  protocol: 'tcp',
  fromPort: 22,
  toPort: 22,
  cidr: '0.0.0.0/0',
};
const told = (more: object) => toldReport({ ...testReport, ...more }, undefined, slackPolicy);

describe('what is shown beside a report', () => {
  it('is what the plan takes and gives, line by line', () => {
    const plan = {
      changes: [change, { ...change, action: 'authorize', cidr: '10.0.0.0/8' }],
      lossy: false,
      losses: [],
    };
    expect(told({ plan }).diff).toEqual([
      { kind: 'goes', text: expect.stringContaining('0.0.0.0/0') },
      { kind: 'comes', text: expect.stringContaining('10.0.0.0/8') },
    ]);
  });

  it('has what goes before what comes, as the command line shows it', () => {
    const changes = [{ ...change, action: 'authorize', cidr: '10.0.0.0/8' }, change];
    const { diff } = told({ plan: { changes, lossy: false, losses: [] } });
    expect(diff.map(({ kind }) => kind)).toEqual(['goes', 'comes']);
    expect(diff).toEqual(changeDiff(testReport.finding.resourceType, changes));
  });

  it('is as long as a message has room for, and counts the rest', () => {
    const plan = { changes: Array.from({ length: 100 }, () => change), lossy: false, losses: [] };
    const { diff, diffOmitted } = told({ plan, omitted: { violations: 0, changes: 7 } });
    expect([diff.length, diffOmitted]).toEqual([24, 76 + 7]);
  });

  it.each([
    ['of a type that this version does not know', { finding: { ...testReport.finding, resourceType: 'X' } }],
    [
      'of an action that it does not know',
      { plan: { changes: [{ action: 'x', text: 'x' }], lossy: false, losses: [] } },
    ],
    [
      'whose parts are another version’s',
      {
        plan: { changes: [{ action: 'blockPublicAccess', text: 'x' }], lossy: false, losses: [] },
        finding: { ...testReport.finding, resourceType: 'AWS::S3::Bucket' },
      },
    ],
    ['that is not there', { plan: undefined }],
  ])('is nothing for a plan %s: its sentences are shown', (_what, more) => {
    expect(told(more).diff).toEqual([]);
  });

  it('names nobody where the account’s place is not known', () => {
    expect(told({ state: 'waiting' }).approvers).toEqual({ users: [], groups: [] });
  });
});

describe('a report on a card', () => {
  const withLosses = (count: number) => {
    const losses = Array.from({ length: count }, (_, index) => `Loss ${index + 1}.`);
    return keptReport({ ...testReport, plan: { changes: [], lossy: true, losses } }).plan?.losses ?? [];
  };

  it('has all that goes with a lossy plan, since somebody approves it', () => {
    expect(withLosses(20)).toHaveLength(20);
  });

  it('says how much of it is left out, where it is very much', () => {
    expect(withLosses(31).slice(19)).toEqual(['Loss 20.', 'And 11 more: see all of it with staunch show.']);
  });

  it('is so short that ten of them are one item, whatever is in it', () => {
    const long = 'ж'.repeat(20_000);
    const report = keptReport({
      ...testReport,
      ...{ reason: long, owner: long, decidedBy: long, tags: { team: long } },
      finding: { ...testReport.finding, accountId: accounts.on },
      violations: Array.from({ length: 100 }, () => ({ kind: long, text: long, detail: { long } })),
      plan: {
        changes: Array.from({ length: 100 }, () => ({ action: long, text: long, statement: long })),
        lossy: true,
        losses: Array.from({ length: 100 }, () => long),
      },
      decision: { what: 'denied', by: long, at: testReport.at, reason: long },
    });
    // An item of DynamoDB holds 400 kB.
    expect(Buffer.byteLength(JSON.stringify(report))).toBeLessThan(25_000);
    expect(report.omitted).toEqual({ violations: 95, changes: 95 });
    expect(report).not.toHaveProperty('tags');
  });
});
