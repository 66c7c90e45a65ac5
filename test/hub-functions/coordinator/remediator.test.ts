import { LambdaClient } from '@aws-sdk/client-lambda';
import { STSClient } from '@aws-sdk/client-sts';
import { type Assignment, memberRemediator } from '../../../hub-functions/coordinator/remediator';
import { answer, testControl, testIdentity } from '../../support/findings';
import { stubbed } from '../../support/stubbed-client';

const credentials = { AccessKeyId: 'ASIA1', SecretAccessKey: 'secret', SessionToken: 'token' };
const assignment: Assignment = {
  mode: 'plan',
  control: testControl,
  identity: testIdentity,
  occurrence: 2,
  attempt: 3,
  applyLossy: false,
  parameters: { prohibitedPorts: [22] },
  place: ['222222222222', 'r-root'],
};
const payload = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));

function remediatorWith(sts: () => unknown, lambda: () => unknown) {
  const calls: Record<string, unknown>[] = [];
  const call = (answerOf: () => unknown) => (_command: string, input: Record<string, unknown>) => {
    calls.push(input);
    return answerOf();
  };
  const region = 'eu-west-1';
  const remediate = memberRemediator(
    stubbed(new STSClient({ region }), call(sts)),
    stubbed(new LambdaClient({ region }), call(lambda)),
  );
  return { remediate, calls };
}

describe('the remediator', () => {
  it.each([
    ['plan', 'staunch-read'],
    ['apply', 'staunch-remediation'],
  ] as const)('to %s assumes %s for this one finding, for 15 minutes', async (mode, roleName) => {
    const { remediate, calls } = remediatorWith(
      () => ({ Credentials: credentials }),
      () => ({ Payload: payload(answer('planned')) }),
    );
    expect(await remediate({ ...assignment, mode })).toEqual(answer('planned'));
    expect(calls[0]).toMatchObject({
      RoleArn: `arn:aws:iam::222222222222:role/staunch/${roleName}`,
      RoleSessionName: 'staunch-security-group-open-ports',
      DurationSeconds: 900,
    });
    expect(String(calls[0]?.Policy).includes(testIdentity.resourceId)).toBe(mode === 'apply');
  });

  it('hands the session to the function of the resource type, synchronously', async () => {
    const { remediate, calls } = remediatorWith(
      () => ({ Credentials: credentials }),
      () => ({ Payload: payload(answer('planned')) }),
    );
    await remediate(assignment);
    expect(calls[1]).toMatchObject({
      FunctionName: 'staunch-remediate-security-group',
      InvocationType: 'RequestResponse',
    });
    expect(JSON.parse(String(calls[1]?.Payload))).toEqual({
      version: 1,
      mode: 'plan',
      finding: testIdentity,
      occurrence: 2,
      attempt: 3,
      parameters: { prohibitedPorts: [22] },
      place: ['222222222222', 'r-root'],
      applyLossy: false,
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
      { Payload: payload({ version: 1, outcome: 'splendid' }) },
      /malformed at .*outcome/,
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
