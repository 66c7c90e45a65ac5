import pc from 'picocolors';
import stringWidth from 'string-width';
import type { RemediationReport } from '../../../core/report';
import type { SandboxEvent } from '../../../sandbox/events';
import { lineOf } from '../../../sandbox/view/line';
import { AccountNames } from '../../../sandbox/view/names';

const place = { accountId: '111122223333', region: 'eu-west-1' };
const group = { ...place, resourceType: 'AWS::EC2::SecurityGroup', resourceId: 'sg-1' };

function line(event: SandboxEvent, colours = pc.createColors(false), columns?: number): string | undefined {
  const names = new AccountNames();
  names.learn(place.accountId, 'playground');
  return lineOf({ ...event, at: 12_340 }, names, 10_000, colours, columns);
}

function report(overrides: Partial<RemediationReport>): RemediationReport {
  return {
    version: 1,
    reportId: 'r',
    finding: { ...group, control: 'security-group-open-ports' },
    occurrence: 1,
    attempt: 1,
    state: 'fixed',
    decidedBy: 'the default',
    severity: 'critical',
    violations: [],
    receivedAt: '2026-11-01T10:00:00.000Z',
    at: '2026-11-01T10:00:01.000Z',
    ...overrides,
  };
}

describe("a stranger's text in a line", () => {
  const hostile = 'x\u001b[2J\u001b]0;owned\u0007\nAll is as it should be.\u202e\u009b31m';

  it.each<[string, SandboxEvent]>([
    [
      'evaluated',
      { kind: 'evaluated', ...group, rule: 'r', compliance: 'NON_COMPLIANT', annotation: hostile },
    ],
    ['changed', { kind: 'changed', ...group, resourceId: hostile, operation: hostile, by: 'x' }],
    ['deployed', { kind: 'deployed', ...place, region: hostile, stackName: hostile }],
    ['in an account', { kind: 'deployed', ...place, accountId: hostile, stackName: 'x' }],
    ['reported', { kind: 'report', report: report({ reason: hostile }) }],
    ['told in Slack', { kind: 'slack', channel: 'C', text: hostile }],
    ['edited in Slack', { kind: 'slack', channel: 'C', text: hostile, edited: true }],
    ['denied', { kind: 'denied', by: hostile, action: hostile, resource: hostile, reason: hostile }],
    ['warned of', { kind: 'warning', text: hostile }],
    ['of a stack', { kind: 'stack-failed', ...place, stackSet: 'staunch-access', reason: hostile }],
    [
      'invoked',
      {
        kind: 'invoked',
        ...place,
        functionName: hostile,
        requestId: 'x',
        milliseconds: 1,
        cold: false,
        error: hostile,
      },
    ],
  ])('controls no terminal and ends no line: %s', (_what, event) => {
    expect(line(event)).toMatch(/x/);
    expect(line(event)).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
  });

  it('fits the terminal where it is wide', () => {
    const shown = line({ kind: 'warning', ...place, text: '支払い'.repeat(40) }, undefined, 60) ?? '';
    expect(stringWidth(shown)).toBeLessThanOrEqual(60);
  });
});

describe('lineOf', () => {
  it('says when, where and what, with the name of the account', () => {
    expect(
      line({
        kind: 'changed',
        ...group,
        operation: 'AuthorizeSecurityGroupIngress',
        by: 'arn:aws:iam::111122223333:root',
      }),
    ).toBe('   2.3  playground  eu-west-1  AuthorizeSecurityGroupIngress on sg-1');
  });

  it("marks Staunch's own changes", () => {
    const by = 'arn:aws:sts::111122223333:assumed-role/staunch-remediation/staunch-security-group-open-ports';

    expect(line({ kind: 'changed', ...group, operation: 'RevokeSecurityGroupIngress', by })).toMatch(
      /sg-1, by Staunch$/,
    );
  });

  it('names the state that a finding reached, and the reason where there is one', () => {
    expect(line({ kind: 'report', report: report({}) })).toMatch(/sg-1 fixed$/);
    expect(line({ kind: 'report', report: report({ state: 'failed', reason: 'AWS said no.' }) })).toMatch(
      /sg-1 failed, will retry: AWS said no\.$/,
    );
  });

  it('says the account where a rule is about the whole account', () => {
    expect(
      line({
        kind: 'evaluated',
        ...place,
        resourceType: 'AWS::::Account',
        resourceId: place.accountId,
        rule: 'staunch-cloudtrail-enabled',
        compliance: 'NON_COMPLIANT',
      }),
    ).toMatch(/the account is NON_COMPLIANT: staunch-cloudtrail-enabled$/);
  });

  it.each<[string, SandboxEvent]>([
    ['a compliant evaluation', { kind: 'evaluated', ...group, rule: 'r', compliance: 'COMPLIANT' }],
    [
      'an invocation that went well',
      { kind: 'invoked', ...place, functionName: 'f', requestId: 'r', milliseconds: 1, cold: false },
    ],
    ['a log line', { kind: 'log', ...place, functionName: 'f', requestId: 'r', line: 'text' }],
  ])('keeps quiet about %s', (_, event) => {
    expect(line(event)).toBeUndefined();
  });

  it('shows an account that is not known by its id', () => {
    expect(
      line({ kind: 'deployed', accountId: '999988887777', region: 'eu-west-1', stackName: 'staunch-member' }),
    ).toContain('999988887777');
  });

  const evaluated = (resourceId: string): SandboxEvent => ({
    kind: 'evaluated',
    ...group,
    resourceId,
    rule: 'staunch-s3-public-access',
    compliance: 'NON_COMPLIANT',
    annotation: 'The policy lets everybody read.',
  });

  it('cuts the middle of a long name before it cuts what is said of it', () => {
    const text = line(evaluated('policy-public-beside-partner-526804019387'), undefined, 79);

    expect(text).toMatch(/ policy-p…04019387 is NON_COMPLIANT: The policy …$/);
    expect(text).toHaveLength(79);
  });

  it('shows the end of a URL, which tells a queue from others', () => {
    const url = 'https://sqs.eu-west-1.amazonaws.com/133660991635/orders';

    expect(line(evaluated(url), undefined, 79)).toContain('  orders is NON_COMPLIANT: The ');
  });

  it('is without colour unless asked', () => {
    const denied: SandboxEvent = { kind: 'denied', by: 'b', action: 'a', resource: 'r', reason: 'no' };

    expect(line(denied)).not.toContain('\u001b');
    expect(line(denied, pc.createColors(true))).toContain('\u001b');
  });
});
