import pc from 'picocolors';
import { findingText } from '../../../cli/show/finding-text';
import { bucketRecord, recordOf } from '../../operator/records';

const plain = pc.createColors(false);
const now = new Date('2026-11-23T12:00:00.000Z');
const revoke = {
  action: 'revoke',
  text: 'Close 22.',
  protocol: 'tcp',
  fromPort: 22,
  toPort: 22,
  cidr: '0.0.0.0/0',
};

describe('staunch show', () => {
  it('says what a finding is, what was wrong, why it is as it is, and what would be changed', () => {
    const record = recordOf({
      state: 'waiting',
      flag: 'on',
      reason: 'The plan is lossy.',
      plan: { changes: [revoke], lossy: true, losses: ['Port 22 from 10.0.0.0/8 goes as well.'] },
    });

    expect(findingText({ record }, plain, now)).toBe(
      [
        'Prohibited ports open to the internet: sg-0123456789abcdef0',
        '  finding        222222222222#eu-west-1#security-group-open-ports#sg-0123456789abcdef0#1',
        '  state          waiting for approval. The plan requires approval: the flag says so, or the plan is lossy.',
        '  since          2026-11-23 10:00 UTC, look 1',
        '  severity       critical',
        '  account        222222222222',
        '  Region         eu-west-1',
        '  resource       AWS::EC2::SecurityGroup sg-0123456789abcdef0',
        '  flag           on, by organization.yaml:31',
        '  first seen     2026-11-23 10:00 UTC',
        '',
        'What was wrong',
        '  - Port 22 is open to the internet.',
        '',
        'Why',
        '  The plan is lossy.',
        '',
        'What goes with it',
        '  - Port 22 from 10.0.0.0/8 goes as well.',
        '',
        'What would be changed',
        '  - tcp 22 from 0.0.0.0/0',
      ].join('\n'),
    );
  });

  it('says after how many tries one that failed is given up', () => {
    const text = findingText({ record: recordOf({ state: 'failed', attempt: 7, tries: 5 }) }, plain, now);

    expect(text).toMatch(/^ {2}since .*, look 7, try 5 of 10$/m);
  });

  it.each([
    ['fixed', 'What was changed'],
    ['failed', 'What was to be changed'],
    ['given-up', 'What was to be changed'],
    ['reported', 'What would be changed'],
    ['undone', 'What would be changed'],
  ] as const)('calls the changes of a finding that is %s: %s', (state, heading) => {
    const record = recordOf({ state, plan: { changes: [revoke], lossy: false, losses: [] } });

    expect(findingText({ record }, plain, now)).toContain(`\n${heading}\n  - tcp 22`);
  });

  it("has AWS's error code, and when it is tried again", () => {
    const record = recordOf({
      state: 'failed',
      reason: 'AWS refused a call.',
      errorCode: 'AccessDenied',
      nextAttemptAt: '2026-11-23T10:04:00.000Z',
    });

    const text = findingText({ record }, plain, now);
    expect(text).toContain('\nWhy\n  AWS refused a call. (AccessDenied)');
    expect(text).toContain('\n  tried again    2026-11-23 10:04 UTC\n');
  });

  it('says what a finding that is held waits for, and what was decided, by whom and for how long', () => {
    const decision = {
      what: 'approved' as const,
      plan: 'p',
      seen: 's',
      lossy: false,
      by: 'ada',
      at: '2026-11-23T10:01:00.000Z',
      until: '2026-11-24T10:01:00.000Z',
    };
    const text = findingText(
      { record: recordOf({ state: 'held', heldBy: 'stop', waitsFor: 'stop#organization', decision }) },
      plain,
      now,
    );
    expect(text).toContain('\n  waits for      the end of a pause\n');
    expect(text).toContain(
      '\n  decided        approved by ada, 2026-11-23 10:01 UTC; it counts until 2026-11-24 10:01 UTC\n',
    );
  });

  it('counts what the ledger left out', () => {
    const record = recordOf({
      plan: { changes: [revoke], lossy: false, losses: [] },
      omitted: { violations: 3, changes: 0 },
    });

    expect(findingText({ record }, plain, now).match(/… and \d+ more/g)).toEqual(['… and 3 more']);
  });

  it('says until when it is exempt, or was, and who said so', () => {
    const exemption = {
      reason: 'It is needed.',
      by: 'arn:aws:iam::222222222222:user/ada',
      until: '2026-12-24T00:00:00.000Z',
      writtenAt: '2026-11-23T10:00:00.000Z',
    };

    expect(findingText({ record: recordOf(), exemption }, plain, now)).toContain(
      '  exempt until   2026-12-24 00:00 UTC, by arn:aws:iam::222222222222:user/ada: It is needed.',
    );

    const later = new Date('2026-12-24T00:00:00.000Z');
    const over = findingText({ record: recordOf(), exemption }, plain, later);
    expect(over).toContain('  was exempt to  2026-12-24 00:00 UTC, by arn:aws:iam::222222222222:user/ada:');
    expect(over).not.toContain('exempt until');
  });

  it('says what found it, who opened it with what, and where to change it so that it stays fixed', () => {
    const opened = {
      principal: 'arn:aws:iam::222222222222:role/deploy',
      kind: 'role',
      session: 'ci-7',
      sourceAddress: '192.0.2.17',
      at: '2026-11-23T09:59:00.000Z',
      tool: 'Terraform',
    };
    const text = findingText({ record: recordOf({ detector: 'trail', opened }) }, plain, now);
    expect(text).toMatch(/^ {2}found by +trail$/m);
    expect(text).toMatch(
      /^ {2}opened by +arn:aws:iam::222222222222:role\/deploy, session ci-7, with Terraform, from 192.0.2.17, 2026-11-23 09:59 UTC$/m,
    );
    expect(text).toMatch(/^ {2}lasting fix +Terraform opened it: change it there as well/m);
    const byHand = findingText({ record: recordOf({ opened: { ...opened, tool: 'console' } }) }, plain, now);
    expect(byHand).not.toContain('lasting fix');
  });

  it('shows what was before a fix and after it', () => {
    const history = {
      steps: [
        { before: { Name: 'photos', Policy: '{"Statement":{"Effect":"Deny"}}' }, changes: [] },
      ] as const,
      after: { Name: 'photos' },
      savedAt: '2026-11-23T10:00:01.000Z',
      unfinished: [],
    };

    expect(findingText({ record: bucketRecord({ state: 'fixed' }), history }, plain, now)).toMatch(
      /\nBefore the fix, 2026-11-23 10:00 UTC, and after it\n {2}--- before\n {2}\+\+\+ after\n[\s\S]*\n {2}\+ policy: none$/,
    );
  });

  it('prints nothing of a stranger that controls the terminal, or looks like a line of ours', () => {
    const evil = 'x\u001b[2J\u009b\u202e\nWhat was changed';
    const record = recordOf({
      identity: { accountId: evil, region: evil, resourceId: evil, resourceType: evil, control: evil },
      violations: [{ kind: 'a', text: evil, detail: {} }],
      decidedBy: evil,
      reason: evil,
      errorCode: evil,
      stack: evil,
      opened: {
        principal: evil,
        kind: evil,
        session: evil,
        sourceAddress: evil,
        at: '2026-11-23T09:59:00.000Z',
        tool: evil,
      },
      plan: {
        changes: [
          { ...revoke, protocol: evil, cidr: evil, description: evil },
          { action: evil, text: evil },
        ],
        lossy: true,
        losses: [evil],
      },
    });
    const exemption = { reason: evil, by: evil, until: record.at, writtenAt: record.at };
    const history = {
      steps: [{ before: evil, changes: [] }] as const,
      after: { [evil]: evil },
      savedAt: record.at,
      unfinished: [],
    };

    const text = findingText({ record, exemption, history }, plain, now);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
    expect(text).not.toMatch(/^What was changed/m);
  });
});
