import { control } from '../../../controls/sqs-public-policy';
import { RefusedError, ResourceInputError } from '../../../core/errors';
import { queueFromApi } from '../../../resources/queue/model';

const partner = 'arn:aws:iam::444455556666:root';
const statement = (Principal: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Principal,
  Action: 'sqs:SendMessage',
  Resource: '*',
  ...more,
});
const parameters = control.parameters.parse({});
const queue = (...Statement: object[]) =>
  queueFromApi({ Attributes: { Policy: JSON.stringify({ Version: '2012-10-17', Statement }) } });
const planned = (...statements: object[]) => control.plan(queue(...statements), [], parameters);

describe('a queue whose policy lets everybody in', () => {
  it('is told by the statement that does', () => {
    const { violations } = control.evaluate(
      queue(statement({ AWS: partner }), statement('*', { Sid: 'Anybody' })),
      parameters,
    );
    expect(violations.map(({ text }) => text)).toEqual([
      "The policy's statement 2 (Anybody) allows everybody sqs:SendMessage.",
    ]);
  });

  it('loses the public statements, and nothing else', () => {
    const tls = { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
    expect(planned(statement({ AWS: partner }), statement('*'), statement('*', tls))).toEqual({
      changes: [
        {
          action: 'removeStatement',
          text: 'Remove statement 2 from the policy.',
          index: 1,
          statement: statement('*'),
        },
      ],
      lossy: false,
      losses: [],
    });
  });

  it('keeps the principals that a public statement names', () => {
    expect(planned(statement({ AWS: ['*', partner] })).changes).toMatchObject([
      { action: 'editStatement', after: { Principal: { AWS: [partner] } } },
    ]);
  });

  it('loses the whole policy where all of it is public: SQS takes none without statements', () => {
    expect(planned(statement('*')).changes).toMatchObject([{ action: 'deletePolicy' }]);
  });

  it('is not touched where a number of the policy could not be written back', () => {
    const text = JSON.stringify({ Statement: [statement('*'), statement({ AWS: partner })] });
    const edited = queueFromApi({ Attributes: { Policy: text.replace('"*"}]', '"*","N":1.0}]') } });
    expect(() => control.plan(edited, [], parameters)).toThrow(RefusedError);
  });
});

describe('what is no policy', () => {
  it.each(['{', '[]', '{"Statement":[{"Effect":"Maybe","Principal":"*"}]}'])('is an error: %s', (Policy) => {
    expect(() => queueFromApi({ Attributes: { Policy } })).toThrow(ResourceInputError);
  });

  it.each([undefined, null, ''])('is no policy at all where it is %s', (Policy) => {
    const Attributes = { Policy, CreatedTimestamp: '1767225600' };
    expect(queueFromApi({ Attributes }).policy).toBeUndefined();
  });
});
