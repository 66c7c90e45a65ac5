import { LambdaClient } from '@aws-sdk/client-lambda';
import { STSClient } from '@aws-sdk/client-sts';
import { stateDigest } from '../../../../core/state-digest';
import { type Assignment, memberRemediator } from '../../../../hub-functions/coordinator/member/remediator';
import { backoffMilliseconds } from '../../../../hub-functions/coordinator/recording/backoff';
import { UnreachableAccounts } from '../../../../ledger/organization/unreachable-accounts';
import { TestClock } from '../../../support/clock';
import { answer, testControl, testIdentity, testPlan, testState } from '../../../support/findings';
import { MemoryTables } from '../../../support/memory-documents';
import { stubbed } from '../../../support/stubbed-client';

const credentials = { AccessKeyId: 'ASIA1', SecretAccessKey: 'secret', SessionToken: 'token' };
const of = {
  control: testControl,
  identity: testIdentity,
  occurrence: 2,
  attempt: 3,
  parameters: { prohibitedPorts: [22] },
};
const assignment = { ...of, mode: 'plan' } satisfies Assignment;
const applying = {
  ...of,
  mode: 'apply',
  applyLossy: false,
  place: ['222222222222', 'r-root'],
  writeBefore: '2026-12-20T00:00:00.000Z',
  fix: { plan: testPlan, state: stateDigest(testState) },
  unfinished: [{ before: testState, changes: testPlan.changes }],
} satisfies Assignment;
const undoing = { ...of, mode: 'undo', history: 'aGlzdG9yeQ==' } satisfies Assignment;
const payload = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));

const refusing = (name: string) => () =>
  Promise.reject(Object.assign(new Error('User is not authorized to perform: sts:AssumeRole'), { name }));

function remediatorWith(sts: () => unknown, lambda: () => unknown) {
  const clock = new TestClock();
  const tables = new MemoryTables();
  const reach = new UnreachableAccounts(tables.documents(), 'ledger', backoffMilliseconds);
  const calls: Record<string, unknown>[] = [];
  const call = (answerOf: () => unknown) => (_command: string, input: Record<string, unknown>) => {
    calls.push(input);
    return answerOf();
  };
  const region = 'eu-west-1';
  const remediate = memberRemediator(
    stubbed(new STSClient({ region }), call(sts)),
    stubbed(new LambdaClient({ region }), call(lambda)),
    reach,
    clock.now,
  );
  return { remediate, calls, clock, reads: () => tables.calls.GetCommand ?? 0 };
}

describe('the remediator', () => {
  it.each([
    ['plan', 'staunch-read', assignment],
    ['apply', 'staunch-remediation', applying],
    ['undo', 'staunch-remediation', undoing],
  ] as const)('to %s assumes %s for this one finding, for 15 minutes', async (mode, roleName, asked) => {
    const { remediate, calls } = remediatorWith(
      () => ({ Credentials: credentials }),
      () => ({ Payload: payload(answer('planned')) }),
    );
    expect(await remediate(asked)).toEqual(answer('planned'));
    expect(calls[0]).toMatchObject({
      RoleArn: `arn:aws:iam::222222222222:role/staunch/${roleName}`,
      RoleSessionName: 'staunch-security-group-open-ports',
      DurationSeconds: 900,
    });
    expect(String(calls[0]?.Policy).includes(testIdentity.resourceId)).toBe(mode !== 'plan');
  });

  it.each([
    ['to plan', assignment],
    ['to apply', applying],
    ['to undo', undoing],
  ])('hands the session %s to the function of the resource type, synchronously', async (_what, asked) => {
    const { remediate, calls } = remediatorWith(
      () => ({ Credentials: credentials }),
      () => ({ Payload: payload(answer('planned')) }),
    );
    await remediate(asked);
    expect(calls[1]).toMatchObject({
      FunctionName: 'staunch-remediate-security-group',
      InvocationType: 'RequestResponse',
    });
    const { control: _control, identity, ...rest } = asked;
    expect(JSON.parse(String(calls[1]?.Payload))).toEqual({
      ...rest,
      version: 2,
      finding: identity,
      credentials: { accessKeyId: 'ASIA1', secretAccessKey: 'secret', sessionToken: 'token' },
    });
  });

  it('answers that it failed, with the reason, when the role cannot be assumed', async () => {
    const denied = Object.assign(new Error('User is not authorized to perform: sts:AssumeRole'), {
      name: 'AccessDenied',
    });
    const { remediate, calls } = remediatorWith(
      () => Promise.reject(denied),
      () => ({}),
    );
    const result = await remediate(assignment);
    expect(result).toMatchObject({ outcome: 'failed', errorCode: 'AccessDenied' });
    expect(result.reason).toMatch(
      /staunch-read of account 222222222222 cannot be assumed: User is not authorized/,
    );
    expect(calls).toHaveLength(1);
  });

  it('tries an account that cannot be reached once, until its time has come, and says what waits for it', async () => {
    const { remediate, calls, clock } = remediatorWith(refusing('AccessDenied'), () => ({}));
    for (let findings = 0; findings < 20; findings += 1) {
      const result = await remediate(assignment);
      expect(result).toMatchObject({ outcome: 'failed', unreachable: 'account#222222222222#read' });
    }
    expect(calls).toHaveLength(1);
    clock.advance({ seconds: 61 });
    await Promise.all([remediate(assignment), remediate(assignment), remediate(assignment)]);
    expect(calls).toHaveLength(2);
  });

  it('takes what is known of an account from whoever has read it a moment ago', async () => {
    const { remediate, calls, reads } = remediatorWith(
      () => ({ Credentials: credentials }),
      () => ({ Payload: payload(answer('planned')) }),
    );
    const said = { reason: 'No role.', errorCode: 'AccessDenied', tries: 1 };
    const times = { since: '2026-11-23T09:00:00.000Z', until: '2026-11-23T11:00:00.000Z' };
    const known = { accountId: '222222222222', role: 'read', ...said, ...times } as const;
    expect(await remediate(assignment, known)).toMatchObject({
      outcome: 'failed',
      reason: 'No role.',
      unreachable: 'account#222222222222#read',
    });
    expect(calls).toEqual([]);
    expect(await remediate(assignment, 'none')).toEqual(answer('planned'));
    expect(reads()).toBe(0);
    expect(await remediate(assignment)).toEqual(answer('planned'));
    expect(reads()).toBe(1);
  });

  it('looks at an account again once its role can be assumed', async () => {
    let isThere = false;
    const { remediate, calls, clock } = remediatorWith(
      () => (isThere ? { Credentials: credentials } : refusing('AccessDenied')()),
      () => ({ Payload: payload(answer('planned')) }),
    );
    await remediate(assignment);
    isThere = true;
    clock.advance({ seconds: 61 });
    expect(await remediate(assignment)).toEqual(answer('planned'));
    expect(await remediate(assignment)).toEqual(answer('planned'));
    expect(calls).toHaveLength(1 + 2 * 2);
  });

  it.each(['ThrottlingException', 'ExpiredTokenException', 'RegionDisabledException', 'TimeoutError'])(
    'takes %s for no matter of the account',
    async (name) => {
      const { remediate, calls } = remediatorWith(refusing(name), () => ({}));
      for (const _ of [1, 2]) expect(await remediate(assignment)).not.toHaveProperty('unreachable');
      expect(calls).toHaveLength(2);
    },
  );

  it('tries an undo that a person orders, however the account was a moment ago', async () => {
    const { remediate, calls } = remediatorWith(refusing('AccessDenied'), () => ({}));
    for (const _ of [1, 2]) {
      expect(await remediate(undoing)).toMatchObject({ unreachable: 'account#222222222222#remediation' });
    }
    expect(calls).toHaveLength(2);
  });

  it.each([
    [
      'ended with an error',
      {
        FunctionError: 'Unhandled',
        Payload: payload({ errorType: 'Sandbox.Timedout', errorMessage: 'Task timed out' }),
      },
      /Task timed out/,
    ],
    ['answered nothing', {}, /malformed/],
    [
      'answered something else',
      { Payload: payload({ version: 2, outcome: 'splendid' }) },
      /malformed at .*outcome/,
    ],
    [
      'is of an earlier version',
      { Payload: payload({ ...answer('planned'), version: 1 }) },
      /malformed at version/,
    ],
    [
      'planned without the state that it read, so that nothing could be saved',
      { Payload: payload({ ...answer('planned'), state: undefined }) },
      /malformed at plan/,
    ],
    ['answered text that is not JSON', { Payload: payload('<html>') }, /could not be invoked/],
  ])('answers that it failed when the function %s', async (_what, invocation, reason) => {
    const { remediate } = remediatorWith(
      () => ({ Credentials: credentials }),
      () => invocation,
    );
    const result = await remediate(assignment);
    expect(result.outcome).toBe('failed');
    expect(result.reason).toMatch(reason);
    expect(JSON.stringify(result)).not.toContain('secret');
  });
});
