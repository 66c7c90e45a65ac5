import { RecordError } from '../../../ledger/table/errors';
import { OperatorError } from '../../../operator/errors';
import { explained, HubError, type HubQuestion } from '../../../operator/hub/hub-error';

const ada = { account: '333333333333', arn: 'arn:aws:iam::333333333333:user/ada' };
const question: HubQuestion = { part: 'ledger', region: 'eu-west-1', caller: async () => ada };

/** An error as the SDK throws it. */
function sdkError(name: string, message: string, more: object = { $metadata: {} }): Error {
  return Object.assign(new Error(message), { name, ...more });
}

async function failureOf(error: Error, more: Partial<HubQuestion> = {}) {
  const thrown = await explained(error, { ...question, ...more });
  expect(thrown).toBeInstanceOf(HubError);
  return (thrown as HubError).failure;
}

describe('what went wrong with the hub', () => {
  it.each([
    ['no credentials', sdkError('CredentialsProviderError', 'none', {}), 'CredentialsProviderError'],
    ['expired credentials', sdkError('ExpiredTokenException', 'expired'), 'ExpiredTokenException'],
    ['unknown credentials', sdkError('UnrecognizedClientException', 'x'), 'UnrecognizedClientException'],
    ['no connection', sdkError('Error', '', { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
    ['no connection', sdkError('TimeoutError', 'connect ETIMEDOUT 10.0.0.1:443', {}), 'ETIMEDOUT'],
    ['no answer', sdkError('TimeoutError', 'timed out', {}), 'TimeoutError'],
    ['throttled', sdkError('ThrottlingException', 'slow down'), 'ThrottlingException'],
  ])('is told without asking whose credentials these are: %s', async (problem, error, code) => {
    const caller = vi.fn();

    expect(await failureOf(error, { caller })).toEqual({
      problem,
      code,
      part: 'ledger',
      region: 'eu-west-1',
      said: error.message,
    });
    expect(caller).not.toHaveBeenCalled();
  });

  it.each([
    ['denied', sdkError('AccessDeniedException', 'no')],
    ['missing', sdkError('ResourceNotFoundException', 'no')],
    ['no organization', sdkError('AWSOrganizationsNotInUseException', 'no')],
    ['refused', sdkError('ValidationException', 'no')],
  ])('is told with whose credentials these are: %s', async (problem, error) => {
    expect(await failureOf(error)).toMatchObject({ problem, caller: ada });
  });

  it('does without the caller where AWS does not tell', async () => {
    const caller = () => Promise.reject(new Error('denied'));

    expect(await failureOf(sdkError('AccessDeniedException', 'no'), { caller })).not.toHaveProperty('caller');
  });

  it("has AWS's own words without control characters", async () => {
    const error = sdkError('ValidationException', `bad\n${String.fromCharCode(0x1b)}[2Jinput`);

    expect(await failureOf(error)).toMatchObject({ said: 'bad input' });
  });

  it('is that an item cannot be understood, in its own words', async () => {
    const thrown = await explained(new RecordError('The item x cannot be understood.'), question);

    expect(thrown).toEqual(new OperatorError('The item x cannot be understood.'));
  });

  it('leaves a bug as it is', async () => {
    const bug = new TypeError('undefined is not a function');

    expect(await explained(bug, question)).toBe(bug);
  });
});
