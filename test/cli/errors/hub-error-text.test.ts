import { hubErrorText } from '../../../cli/errors/hub-error-text';
import { explained, HubError, type HubQuestion } from '../../../operator/hub/hub-error';

const question: HubQuestion = {
  part: 'ledger',
  region: 'eu-west-1',
  caller: async () => ({ account: '333333333333', arn: 'arn:aws:iam::333333333333:user/ada' }),
};

const place = {
  environment: { AWS_PROFILE: 'ada', AWS_ENDPOINT_URL: 'http://127.0.0.1:1' },
  policyHub: () => ({ account: '222222222222', region: 'eu-west-1' }),
};

/** An error as the SDK throws it. */
function sdkError(name: string, message: string, more: object = { $metadata: {} }): Error {
  return Object.assign(new Error(message), { name, ...more });
}

async function messageOf(error: Error, more: Partial<HubQuestion> = {}): Promise<string> {
  const thrown = await explained(error, { ...question, ...more });
  expect(thrown).toBeInstanceOf(HubError);
  return hubErrorText((thrown as HubError).failure, place);
}

describe('what went wrong with the hub, at the keyboard', () => {
  it.each([
    [
      'no credentials',
      sdkError('CredentialsProviderError', 'Could not load credentials', {}),
      '(it is ada now)',
    ],
    ['expired ones', sdkError('ExpiredTokenException', 'The token is expired'), 'have expired. Log in again'],
    [
      'ones that AWS does not know',
      sdkError('UnrecognizedClientException', 'invalid'),
      'does not know these credentials',
    ],
    [
      'a clock that is wrong',
      sdkError('InvalidSignatureException', 'Signature expired: 20261127T0000Z is now earlier than …'),
      "Set this machine's clock",
    ],
    [
      'no connection',
      sdkError('Error', '', { code: 'ECONNREFUSED' }),
      'no connection to AWS in eu-west-1 (ECONNREFUSED)',
    ],
    ['no answer in time', sdkError('TimeoutError', 'timed out', {}), 'no answer in time'],
    ['throttling', sdkError('ThrottlingException', 'slow down'), 'Try again in a minute'],
  ])('is told with what to do: %s', async (_, error, expected) => {
    expect(await messageOf(error)).toContain(expected);
  });

  it('names the management account too, where that account reads the organization', async () => {
    const error = sdkError('CredentialsProviderError', 'Could not load credentials', {});

    expect(await messageOf(error, { part: 'organization' })).toContain(
      "Set AWS_PROFILE to a profile of the hub's account or of the management account (it is ada now)",
    );
  });

  it('names the account and Region that have no hub, and those that should', async () => {
    expect(await messageOf(sdkError('ResourceNotFoundException', 'not found'))).toBe(
      'There is no hub in account 333333333333, eu-west-1: the table staunch-ledger does not exist there. ' +
        "Use credentials of the hub's account (AWS_PROFILE), and its Region (--region): config/organization.yaml says that it is account 222222222222, eu-west-1. " +
        'From any other account name the URL for orders, by --orders-url or STAUNCH_ORDERS_URL: then the hub is asked.',
    );
  });

  it('says that the hub is not deployed where it should be', async () => {
    const caller = async () => ({ account: '222222222222', arn: 'arn:aws:iam::222222222222:user/ada' });

    expect(
      await messageOf(sdkError('ResourceNotFoundException', ''), { caller, part: 'orders URL' }),
    ).toMatch(
      /the parameter \/staunch\/orders-url does not exist there.*or name the URL, by --orders-url or STAUNCH_ORDERS_URL, or deploy the hub first\.$/,
    );
  });

  it('looks for what takes orders in no account', async () => {
    const options = { part: 'orders' } as const;

    expect(await messageOf(sdkError('AccessDeniedException', 'is not authorized'), options)).toMatch(
      /^arn:\S+ may not use the API staunch-orders in the hub's account\. It takes execute-api:Invoke on POST \/orders/,
    );
    expect(await messageOf(sdkError('ForbiddenException', 'Forbidden'), options)).toBe(
      "Nothing takes orders at that URL. Look at --orders-url or STAUNCH_ORDERS_URL: the hub's stack has the URL as its output OrdersUrl. AWS says: Forbidden.",
    );
    expect(await messageOf(sdkError('Error', '', { code: 'ENOTFOUND' }), options)).toBe(
      'There is no connection to where the hub takes orders (ENOTFOUND). Look at the network, and at --orders-url or STAUNCH_ORDERS_URL.',
    );
    expect(
      await messageOf(sdkError('Error', 'self-signed', { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })),
    ).toMatch(/no connection/);
  });

  it('names who may not, and what it takes', async () => {
    const message = await messageOf(sdkError('AccessDeniedException', 'no identity-based policy allows it'));

    expect(message).toContain('arn:aws:iam::333333333333:user/ada may not use the table staunch-ledger');
    expect(message).toContain('dynamodb:Scan, dynamodb:Query and dynamodb:GetItem');
    expect(message).toContain('no identity-based policy allows it');
  });

  it('does without the caller where AWS does not name it', async () => {
    const caller = () => Promise.reject(new Error('denied'));

    expect(await messageOf(sdkError('AccessDeniedException', 'no'), { caller })).toContain(
      'These credentials may not use the table staunch-ledger in the account of these credentials, eu-west-1.',
    );
  });

  it("shows AWS's own words for any other refusal, without control characters", async () => {
    const message = await messageOf(
      sdkError('ValidationException', `bad\n${String.fromCharCode(0x1b)}[2Jinput`),
    );

    expect(message).toContain('(ValidationException): bad input.');
  });
});
