import { control } from '../../../controls/kms-public-policy';
import { RefusedError } from '../../../core/errors';
import type { Json, JsonObject } from '../../../core/json';
import { keyAdapter } from '../../../resources/key/adapter';
import { keyFromApi } from '../../../resources/key/model';
import { planUndo } from '../../../resources/key/undo';
import { InMemoryAws } from '../../faults/aws/in-memory-aws';

const place = { accountId: '222222222222', region: 'eu-west-1' };
const id = '1234abcd-12ab-34cd-56ef-1234567890ab';
const arn = `arn:aws:kms:${place.region}:${place.accountId}:key/${id}`;
const root = `arn:aws:iam::${place.accountId}:root`;
const partner = 'arn:aws:iam::444455556666:root';
const allow = (Principal: Json, Action: Json = 'kms:*', more: JsonObject = {}): JsonObject => ({
  Effect: 'Allow',
  Principal,
  Action,
  Resource: '*',
  ...more,
});
const policyOf = (...Statement: JsonObject[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const parameters = control.parameters.parse({});
const keyOf = (...statements: JsonObject[]) =>
  keyFromApi({
    KeyMetadata: { KeyId: id, Arn: arn, AWSAccountId: place.accountId },
    Policy: policyOf(...statements),
  });
const planned = (...statements: JsonObject[]) => control.plan(keyOf(...statements), [], parameters);
const left = (...statements: JsonObject[]) =>
  planned(...statements).changes.map((change) => ('after' in change ? change.after : change.action));

describe('the account of a key', () => {
  it.each<[string, JsonObject]>([
    ['its root', allow({ AWS: root })],
    ['its number, in a list', allow({ AWS: [partner, place.accountId] }, ['kms:Decrypt', 'kms:Put*'])],
    [
      'all actions but some',
      { Effect: 'Allow', Principal: { AWS: root }, NotAction: 'kms:ScheduleKeyDeletion', Resource: '*' },
    ],
    [
      'everybody of it',
      allow({ AWS: '*' }, 'kms:*', { Condition: { StringEquals: { 'kms:CallerAccount': place.accountId } } }),
    ],
  ])('keeps the right to change the policy by a statement for %s, and only what is public goes', (_, own) => {
    expect(planned(own, allow('*', 'kms:Decrypt')).changes).toMatchObject([
      { action: 'removeStatement', index: 1 },
    ]);
  });

  it('keeps a public statement for itself where it has that right by no other one', () => {
    expect(left(allow('*'))).toEqual([allow({ AWS: root })]);
    expect(left(allow('*', 'kms:Decrypt'), allow('*'))).toEqual(['removeStatement', allow({ AWS: root })]);
    expect(left(allow({ AWS: partner }), allow('*'))).toEqual([allow({ AWS: root })]);
  });

  it('keeps it beside the principals that the statement names', () => {
    const Service = 'logs.amazonaws.com';
    expect(left(allow({ AWS: ['*', partner], Service }))).toEqual([allow({ AWS: [partner, root], Service })]);
  });

  it.each<[string, JsonObject[]]>([
    ['lets everybody decrypt alone', [allow('*', 'kms:Decrypt')]],
    [
      'has a role that alone may change it',
      [allow({ AWS: `${root.slice(0, -4)}role/a` }), allow('*', 'kms:Decrypt')],
    ],
    [
      'lets the account manage it under a condition',
      [
        allow({ AWS: root }, 'kms:*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
        allow('*', 'kms:Decrypt'),
      ],
    ],
    ['lets another account manage it', [allow({ AWS: partner }), allow('*', 'kms:Decrypt')]],
    [
      'lets everybody manage it, for a service',
      [
        allow('*', 'kms:*', {
          Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
        }),
      ],
    ],
  ])('is never locked out: nothing is planned where the policy %s', (_, statements) => {
    expect(() => planned(...statements)).toThrow(RefusedError);
    expect(() => planned(...statements)).toThrow('would not let account 222222222222 change it any more');
    // It is no less dangerous for it.
    expect(control.evaluate(keyOf(...statements), parameters).compliance).toBe('NON_COMPLIANT');
  });

  it('is not guessed', () => {
    const key = keyFromApi({ Policy: policyOf(allow({ AWS: root }), allow('*')) });
    expect(() => control.plan(key, [], parameters)).toThrow('the account of the key');
  });
});

it('does not make a deputy the account’s for keeping the account in', () => {
  const service = allow({ Service: 'logs.amazonaws.com' });
  const fixing = control.parameters.parse({ confusedDeputy: 'fix' });
  expect(() => control.plan(keyOf(service, allow('*', 'kms:Decrypt')), [], fixing)).toThrow(RefusedError);
});

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
it('does not report CloudWatch Logs where the encryption context says for which log groups it acts', () => {
  const logs = (Condition: JsonObject) =>
    control.reportsDeputy?.(
      keyOf(allow({ AWS: root }), allow({ Service: 'logs.eu-west-1.amazonaws.com' }, 'kms:*', { Condition })),
      parameters,
    );
  const context = (log: string) => ({ ArnLike: { 'kms:EncryptionContext:aws:logs:arn': log } });
  expect(logs(context(`arn:aws:logs:eu-west-1:${place.accountId}:*`))).toBe(false);
  expect(logs(context('arn:aws:logs:eu-west-1:*:log-group:orders'))).toBe(true);
  expect(logs({ Null: { 'kms:EncryptionContext:aws:logs:arn': 'false' } })).toBe(true);
});

describe('an item of a key', () => {
  const itemOf = (more: JsonObject, configuration: JsonObject = {}) =>
    control.fromConfigurationItem({
      resourceType: 'AWS::KMS::Key',
      resourceId: id,
      configurationItemStatus: 'OK',
      configuration: { keyId: id, arn, keyManager: 'CUSTOMER', ...configuration },
      supplementaryConfiguration: more,
    });

  it('decides nothing where it holds no policy', () => {
    expect(control.undecided?.(itemOf({ KeyRotationStatus: true }), parameters)).toContain('cannot be told');
    expect(
      control.undecided?.(itemOf({ Policy: policyOf(allow({ AWS: root })) }), parameters),
    ).toBeUndefined();
  });

  it('of a key that AWS manages complies', () => {
    const aws = itemOf({}, { keyManager: 'AWS' });
    expect(control.evaluate(aws, parameters).compliance).toBe('COMPLIANT');
    expect(control.undecided?.(aws, parameters)).toBeUndefined();
  });
});

describe('a live key', () => {
  let aws: InMemoryAws;
  let restore: () => void;
  beforeEach(() => {
    aws = new InMemoryAws();
    restore = aws.install();
  });
  afterEach(() => restore());

  function plant(policy: string, more: object = {}) {
    aws.kms.createKey(arn, { ...place, createdAt: new Date('2026-01-01T00:00:00Z'), policy, ...more });
    return keyAdapter().open({
      finding: { ...place, control: control.id, resourceType: control.resourceType, resourceId: id },
      credentials: aws.adminCredentials(place.accountId),
      signal: new AbortController().signal,
      mayWrite: async () => {},
    });
  }

  async function readingOf(live: ReturnType<typeof plant>) {
    const read = await live.read();
    if (read === 'gone') throw new Error('It is there.');
    return read;
  }

  it('whose policy does not let its account read it is out of reach, which no attempt changes', async () => {
    const reading = plant(policyOf(allow({ AWS: partner }))).read();
    await expect(reading).rejects.toThrow(RefusedError);
    await expect(reading).rejects.toThrow('The key is out of reach');
  });

  it('whose policy lets its account read it and not change it is out of reach for a fix', async () => {
    const live = plant(policyOf(allow({ AWS: root }), allow('*', 'kms:Decrypt')));
    const before = await readingOf(live);
    const plan = control.plan(before.resource, [], parameters);
    // Here the policy changes right before it is written, and back.
    const reading = policyOf(allow({ AWS: root }), allow('*', 'kms:Decrypt'));
    const get = vi.spyOn(aws.kms.commands, 'GetKeyPolicy').mockImplementation(() => {
      const state = aws.kms.key(arn);
      if (state) state.policy = policyOf(allow({ AWS: root }, 'kms:Get*'));
      return { Policy: reading };
    });
    await expect(live.apply(plan, before, () => {})).rejects.toThrow('The key is out of reach');
    get.mockRestore();
  });

  it.each(['Disabled', 'PendingDeletion'] as const)('is fixed and undone while it is %s', async (state) => {
    const planted = policyOf(allow({ AWS: root }), allow('*', 'kms:Decrypt'), allow({ AWS: partner }));
    const live = plant(planted, { state });
    const before = await readingOf(live);
    const { changes } = control.plan(before.resource, [], parameters);
    await live.apply({ changes, lossy: false, losses: [] }, before, () => {});
    expect(aws.kms.key(arn)?.policy).toBe(policyOf(allow({ AWS: root }), allow({ AWS: partner })));
    const after = await readingOf(live);
    const history = {
      steps: [{ before: before.before, changes, made: changes }] as const,
      after: after.before,
    };
    const undo = planUndo(history, after.before);
    await live.applyUndo(undo.kind === 'undo' ? undo.changes : [], () => {});
    expect(aws.kms.key(arn)?.policy).toBe(planted);
  });

  it('is never set a policy without KMS’s own check', async () => {
    const put = vi.spyOn(aws.kms.commands, 'PutKeyPolicy');
    const live = plant(policyOf(allow({ AWS: root }), allow('*', 'kms:Decrypt')));
    const before = await readingOf(live);
    await live.apply(control.plan(before.resource, [], parameters), before, () => {});
    expect(put.mock.calls.map(([input]) => input)).toMatchObject([{ BypassPolicyLockoutSafetyCheck: false }]);
  });
});
