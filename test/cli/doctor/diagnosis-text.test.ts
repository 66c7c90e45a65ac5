import pc from 'picocolors';
import { verdictJson } from '../../../cli/doctor/diagnosis-json';
import { diagnosisText } from '../../../cli/doctor/diagnosis-text';
import { callsIn } from '../../../operator/doctor/cure';
import { diagnosisOf } from '../../../operator/doctor/doctor';
import type { Verdict } from '../../../operator/doctor/verdict';

const colours = pc.createColors(false);
const terminal = { colours, columns: 80 };
const accounts = [
  { accountId: '111111111111', name: 'management' },
  { accountId: '333333333333', name: 'payments-prod\u001b[31m' },
];
const at = { accountId: '333333333333', region: 'eu-west-1' };
const stopped: Verdict = {
  check: 'recorder',
  condition: 'not well',
  ...at,
  text: 'The recorder staunch is stopped.',
  cure: callsIn('333333333333', [
    {
      service: 'config-service',
      operation: 'StartConfigurationRecorder',
      region: 'eu-west-1',
      input: { ConfigurationRecorderName: 'staunch' },
    },
  ]),
};
const well: Verdict = { check: 'rules', condition: 'well', ...at, text: '6 there' };

describe('what the doctor says on a terminal', () => {
  it('is a table, what is wrong, and the command that puts it right', () => {
    const text = diagnosisText(diagnosisOf([stopped, well], accounts), terminal);

    expect(text).toMatch(/account +account id +Region +recorder +rules/);
    expect(text).toMatch(/payments-prod +333333333333 +eu-west-1 +✗ +✓/);
    expect(text).toContain('✗ recorder (333333333333 eu-west-1): The recorder staunch is stopped.');
    expect(text).toContain('With credentials of account 333333333333 (payments-prod):');
    expect(text).toContain(
      '    aws configservice start-configuration-recorder --configuration-recorder-name staunch --region eu-west-1',
    );
    expect(text).toContain('2 checks: 1 not well, 0 unknown, 1 well.');
    expect(text).not.toContain('\u001b');
  });

  it('counts each check once: what is not covered, too', () => {
    const notCovered: Verdict = { check: 'account', condition: 'not covered', ...at, text: 'excluded' };
    const text = diagnosisText(diagnosisOf([stopped, well, notCovered], accounts), terminal);

    expect(text).toContain('3 checks: 1 not well, 0 unknown, 1 well, 1 not covered.');
  });

  it('names who is not covered, and says why, also where all is well', () => {
    const excluded = {
      check: 'account',
      condition: 'not covered',
      accountId: '333333333333',
      text: 'The policy excludes it.\u001b[2J',
    } as const;
    const suspended = { ...excluded, accountId: '444444444444', text: 'AWS says that it is suspended.' };
    // Each stack set says the same of an account.
    const text = diagnosisText(diagnosisOf([well, excluded, suspended, suspended], accounts), terminal);

    expect(text).toMatch(/^Not covered:\n {2}- payments-prod/m);
    expect(text).toMatch(/\(333333333333\): The policy excludes it\./);
    expect(text.match(/ {2}- 444444444444: AWS says that it is suspended\./g)).toHaveLength(1);
    expect(text).not.toContain('\u001b');
  });

  it('shows thirty who are not covered, and counts the others', () => {
    const verdicts = Array.from({ length: 33 }, (_, number) => ({
      check: 'account',
      condition: 'not covered' as const,
      accountId: String(100000000000 + number),
      text: 'The policy excludes it.',
    }));

    expect(diagnosisText(diagnosisOf(verdicts, []), terminal)).toContain(
      '  and 3 more; --json has every one.',
    );
  });

  it("keeps AWS's words under what they are about where they are broken", () => {
    const said = 'AccessDenied: nobody may describe the recorders of this account in this Region at all';
    const text = diagnosisText(diagnosisOf([{ ...stopped, said }], accounts), terminal);

    expect(text).toMatch(/^ {2}AWS says: AccessDenied.*\n {2}\S/m);
  });

  it('has no table where all is well, unless it is asked for', () => {
    const diagnosis = diagnosisOf([well], accounts);

    expect(diagnosisText(diagnosis, terminal)).toBe('All is well: 1 check.');
    expect(diagnosisText(diagnosis, terminal, { all: true })).toContain('333333333333');
  });

  it('has the checks in several tables where they have no room in one, each with its whole title', () => {
    const checks = ['stack instance', 'evaluations', 'rule probe', 'trail probe', 'patrol probe', 'function'];
    const verdicts = checks.flatMap((check): Verdict[] => [
      { ...stopped, check },
      { ...well, check, region: 'us-east-1' },
    ]);
    const everywhere = ['eu-west-1', 'us-east-1'].map((region) => ({ ...well, check: 'roles', region }));
    const diagnosis = diagnosisOf([...verdicts, ...everywhere], accounts);
    const text = diagnosisText(diagnosis, { colours, columns: 79 }, { all: true });
    const titles = text.split('\n').filter((line) => line.includes('account id'));

    expect(titles.length).toBeGreaterThan(1);
    for (const check of checks) expect(titles.filter((line) => line.includes(`  ${check}`))).toHaveLength(1);
    expect(text).toContain('✓ in each line: roles.');
    const table = text.split('\n').filter((line) => /^(account|payments|─)/.test(line));
    expect(Math.max(...table.map((line) => line.length))).toBeLessThan(80);
    expect(diagnosisText(diagnosis, { colours, columns: 200 }, { all: true })).not.toContain('in each line');
  });

  it('tells what many places have in common once', () => {
    const verdicts = Array.from({ length: 40 }, (_, number) => ({
      ...stopped,
      accountId: String(100000000000 + number),
      cure: { account: '222222222222', steps: [{ does: 'deploy' as const }] },
    }));
    const text = diagnosisText(diagnosisOf(verdicts, []), terminal);

    expect(text.replace(/\s+/g, ' ').match(/The recorder staunch is stopped/g)).toHaveLength(1);
    expect(text.replace(/\s+/g, ' ')).toContain('and 35 more');
  });

  it("names the policy's file in the commands, where it is another than the project's", () => {
    const cure = { account: '222222222222', steps: [{ does: 'deploy' as const }] };
    const diagnosis = diagnosisOf([{ ...stopped, cure }], accounts);

    expect(diagnosisText(diagnosis, terminal, { file: 'my policy.yaml' })).toContain(
      "    npm run -s staunch -- deploy 'my policy.yaml'",
    );
  });

  it('is a line of JSON for each verdict, with the commands', () => {
    expect(verdictJson(stopped, diagnosisOf([stopped], accounts))).toMatchObject({
      check: 'recorder',
      condition: 'not well',
      well: false,
      ...at,
      cure: {
        account: '333333333333',
        commands: [expect.stringContaining('start-configuration-recorder')],
      },
    });
  });
});

describe('what AWS refused to tell', () => {
  const unread = (check: string, accountId: string): Verdict => ({
    check,
    condition: 'unknown',
    accountId,
    region: 'eu-west-1',
    text: `The ${check} cannot be read.`,
    said: `AccessDenied: not authorized to perform: sts:AssumeRole on arn:aws:iam::${accountId}:role/staunch-patrol`,
    cure: { account: '222222222222', steps: [{ does: 'ask again' }] },
  });

  it('is said once with its cure, for whatever checks and accounts it concerns', () => {
    const verdicts = ['333333333333', '444444444444'].flatMap((accountId) =>
      ['recorder', 'rules', 'trail'].map((check) => unread(check, accountId)),
    );
    const text = diagnosisText(diagnosisOf(verdicts, accounts), { colours, columns: 400 });

    expect(text.match(/AWS says/g)).toHaveLength(1);
    expect(text).toContain(
      '? recorder, rules, trail (333333333333 eu-west-1, 444444444444 eu-west-1): They cannot be read.',
    );
  });
});

describe('a notice', () => {
  const notice: Verdict = { ...stopped, condition: 'notice', text: 'No trail logs.' };

  it('is shown with what would change it, and is no failure', () => {
    const diagnosis = diagnosisOf([notice, well], accounts);
    const text = diagnosisText(diagnosis, terminal);

    expect(diagnosis.isWell).toBe(true);
    expect(text).toContain('! recorder (333333333333 eu-west-1): No trail logs.');
    expect(text).toContain('aws configservice start-configuration-recorder');
    expect(text).toContain('All is well: 1 check, and 1 notice.');
  });
});
