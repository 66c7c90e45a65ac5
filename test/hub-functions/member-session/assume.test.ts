import type { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { assume, isOfAccount, SessionRefusedError } from '../../../hub-functions/member-session/assume';

const session = { name: 'staunch-patrol', policy: '{"Version":"2012-10-17","Statement":[]}' };
const given = { AccessKeyId: 'ASIA1', SecretAccessKey: 'secret', SessionToken: 'token' };

function sts(answer: object | Error) {
  const asked: AssumeRoleCommand['input'][] = [];
  const client = {
    config: { region: async () => 'eu-west-1' },
    async send({ input }: AssumeRoleCommand) {
      asked.push(input);
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  return { asked, taken: assume(client as never, '222222222222', 'patrol', session) };
}

describe("a session of one of Staunch's roles", () => {
  it('is asked for by the role of the account, with the session policy, for a quarter of an hour', async () => {
    const { asked, taken } = sts({ Credentials: { ...given, Expiration: new Date() } });
    expect(await taken).toEqual({
      accessKeyId: 'ASIA1',
      secretAccessKey: 'secret',
      sessionToken: 'token',
    });
    expect(asked).toEqual([
      {
        RoleArn: 'arn:aws:iam::222222222222:role/staunch/staunch-patrol',
        RoleSessionName: session.name,
        DurationSeconds: 900,
        Policy: session.policy,
      },
    ]);
  });

  it("is refused in AWS's words, under AWS's code", async () => {
    const refused = Object.assign(new Error('not authorized'), { name: 'AccessDenied' });
    await expect(sts(refused).taken).rejects.toMatchObject({
      name: 'SessionRefusedError',
      errorCode: 'AccessDenied',
      message: 'The role staunch-patrol of account 222222222222 cannot be assumed: not authorized',
      cause: refused,
    });
  });

  it.each([{}, { Credentials: { AccessKeyId: 'ASIA1', SecretAccessKey: 'secret' } }])(
    'is none without all of its credentials: %j',
    async (answer) => {
      await expect(sts(answer).taken).rejects.toBeInstanceOf(SessionRefusedError);
    },
  );
});

it.each([
  ['AccessDenied', true],
  ['AccessDeniedException', true],
  ['Throttling', false],
  ['NoCredentials', false],
])('a refusal with the code %s is of the whole account: %s', (code, expected) => {
  expect(isOfAccount(new SessionRefusedError('refused', code))).toBe(expected);
});
