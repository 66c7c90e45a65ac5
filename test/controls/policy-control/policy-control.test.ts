import { documentParametersSchema } from '../../../controls/document-parameters';
import { policyControl } from '../../../controls/policy-control';
import { facts } from '../../../controls/sqs-public-policy/facts';
import { RefusedError } from '../../../core/errors';
import type { JsonObject } from '../../../core/json';
import { policyAfter, policyChangesIn } from '../../../resources/kit/policy/changes';
import type { ServiceRules } from '../../../resources/kit/policy/document-rules';
import { readPolicy } from '../../../resources/kit/policy/resource-policy';
import { queueItems } from '../../../resources/queue/model';
import { own, plainService } from '../../resources/kit/policy/service-rules';

const partner = 'arn:aws:iam::444455556666:root';
const statement = (Principal: JsonObject | string, more: JsonObject = {}): JsonObject => ({
  Effect: 'Allow',
  Principal,
  Action: 'sqs:SendMessage',
  Resource: '*',
  ...more,
});
const topic = { Service: 'sns.amazonaws.com' };
const place = { id: 'orders', accountId: own, arn: `arn:aws-cn:sqs:cn-north-1:${own}:orders` };
const holder = (...Statement: JsonObject[]) => ({ ...place, policy: readPolicy({ Statement }, 'Policy') });
const parametersOf = (parameters: object) => documentParametersSchema.parse(parameters);
const byDefault = parametersOf({});
const fixing = parametersOf({ confusedDeputy: 'fix' });
const controlOf = (rules: Partial<ServiceRules> = {}) =>
  policyControl({ facts, items: queueItems, rules: { ...plainService, ...rules } });
const control = controlOf();

describe('a statement for a service that does not say for whom it acts', () => {
  it('is no violation by default', () => {
    expect(control.evaluate(holder(statement(topic)), byDefault)).toEqual({
      compliance: 'COMPLIANT',
      violations: [],
    });
  });

  it('is one where the parameters say so', () => {
    const { violations } = control.evaluate(holder(statement(topic, { Sid: 'News' })), fixing);
    expect(violations.map(({ kind, text }) => [kind, text])).toEqual([
      [
        'confused-deputy',
        "The policy's statement 1 (News) allows sns.amazonaws.com sqs:SendMessage for any account.",
      ],
    ]);
  });

  it('is then limited to the own account, and what goes with it is said', () => {
    expect(control.plan(holder(statement({ AWS: partner }), statement(topic)), [], fixing)).toEqual({
      changes: [
        {
          action: 'editStatement',
          text: `Let sns.amazonaws.com in by statement 2 of the policy for account ${own} alone.`,
          index: 1,
          before: statement(topic),
          after: statement(topic, { Condition: { StringEquals: { 'aws:SourceAccount': own } } }),
        },
      ],
      lossy: true,
      losses: [
        `By the policy's statement 2 sns.amazonaws.com can act for account ${own} alone, and not at all where it does not say for whom it acts.`,
      ],
    });
  });

  it.each<[string, JsonObject, JsonObject]>([
    [
      'its other conditions',
      { Bool: { 'aws:SecureTransport': 'true' } },
      { Bool: { 'aws:SecureTransport': 'true' }, StringEquals: { 'aws:SourceAccount': own } },
    ],
    [
      'what its operator asks already',
      { stringequals: { 'aws:RequestedRegion': 'eu-west-1' } },
      { stringequals: { 'aws:RequestedRegion': 'eu-west-1', 'aws:SourceAccount': own } },
    ],
    [
      'what it asks of the same key',
      { StringEquals: { 'AWS:SourceAccount': [] } },
      { StringEquals: { 'AWS:SourceAccount': [] }, StringLike: { 'aws:SourceAccount': own } },
    ],
  ])('keeps %s', (_, Condition, after) => {
    const { changes } = control.plan(holder(statement(topic, { Condition })), [], fixing);
    expect(changes).toMatchObject([{ after: { Condition: after } }]);
  });

  it('loses everybody, too, where it lets everybody in, and names who else loses access', () => {
    const mixed = statement({ AWS: ['*', partner], ...topic });
    const { changes, losses } = control.plan(holder(mixed), [], fixing);
    expect(changes).toMatchObject([
      {
        text: `Take everybody from statement 1 of the policy, and let sns.amazonaws.com in for account ${own} alone.`,
        after: {
          Principal: { AWS: [partner], ...topic },
          Condition: { StringEquals: { 'aws:SourceAccount': own } },
        },
      },
    ]);
    expect(losses).toEqual([expect.stringContaining('other principals lose what the statement allows them')]);
  });

  it('is whole after the fix: a second plan is empty', () => {
    const before = holder(statement('*'), statement(topic), statement({ AWS: ['*', partner], ...topic }));
    const { changes } = control.plan(before, [], fixing);
    const policy = policyAfter(before.policy, policyChangesIn(changes));
    const after = { ...place, ...(policy && { policy }) };
    expect(control.evaluate(after, fixing).compliance).toBe('COMPLIANT');
    expect(control.plan(after, [], fixing).changes).toEqual([]);
  });

  it('is not touched where the account is not known', () => {
    const { accountId: _unknown, ...rest } = holder(statement(topic));
    expect(() => control.plan(rest, [], fixing)).toThrow(RefusedError);
  });

  it.each<[string, JsonObject]>([
    ['an account', { StringEquals: { 'aws:SourceAccount': '444455556666' } }],
    ['a resource', { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:444455556666:*' } }],
    ['an organization', { StringEquals: { 'aws:SourceOrgID': 'o-exampleorg1' } }],
  ])('is none where it is limited to %s', (_, Condition) => {
    expect(control.evaluate(holder(statement(topic, { Condition })), fixing).compliance).toBe('COMPLIANT');
  });

  it('is also one under a Deny that spares services', () => {
    const spared = (more: JsonObject) =>
      statement('*', {
        Effect: 'Deny',
        Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-exampleorg1' }, ...more },
      });
    const sparing = holder(
      statement('*'),
      spared({ BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } }),
    );
    expect(control.evaluate(sparing, byDefault).compliance).toBe('COMPLIANT');
    expect(control.evaluate(sparing, fixing).violations).toMatchObject([{ kind: 'confused-deputy' }]);
    expect(control.plan(sparing, [], fixing).losses).toEqual([expect.stringContaining('other principals')]);
    expect(control.evaluate(holder(statement('*'), spared({})), fixing).compliance).toBe('COMPLIANT');
  });

  it('is also one that lets in every service', () => {
    const all = statement('*', { Condition: { Bool: { 'aws:PrincipalIsAWSService': 'true' } } });
    expect(control.evaluate(holder(all), byDefault).compliance).toBe('COMPLIANT');
    expect(control.evaluate(holder(all), fixing).violations).toMatchObject([{ kind: 'confused-deputy' }]);
  });
});

describe('a plan', () => {
  it('is lossy where it takes a principal that was deleted, since AWS does not take it back', () => {
    const gone = statement({ AWS: ['*', 'AROAEXAMPLE4L7M3NPQRS'] }, { Sid: 'Old' });
    const { lossy, losses } = control.plan(holder(statement({ AWS: partner }), gone), [], byDefault);
    expect({ lossy, losses }).toEqual({
      lossy: true,
      losses: [
        "The policy's statement 2 (Old) cannot be taken back: SQS takes no policy that names AROAEXAMPLE4L7M3NPQRS, a principal that was deleted.",
      ],
    });
  });

  it('is not lossy where a statement that stays names one', () => {
    const kept = statement({ AWS: 'AROAEXAMPLE4L7M3NPQRS' });
    expect(control.plan(holder(kept, statement('*')), [], byDefault).lossy).toBe(false);
  });

  it('narrows one statement to the account where the service keeps nothing without a policy', () => {
    const others = { Effect: 'Allow', NotPrincipal: { AWS: partner }, Action: '*', Resource: '*' };
    const { changes } = controlOf({ mustHavePolicy: true }).plan(
      holder(others, statement('*')),
      [],
      byDefault,
    );
    expect(changes).toMatchObject([
      { action: 'editStatement', index: 0, after: { Principal: { AWS: `arn:aws-cn:iam::${own}:root` } } },
      { action: 'removeStatement', index: 1 },
    ]);
    expect(changes[0]).not.toHaveProperty('after.NotPrincipal');
  });

  it('is refused with the reason where the service must not be left with what would stay', () => {
    const refuses: ServiceRules['refuses'] = (after) =>
      after === undefined ? 'Nobody could change it any more.' : undefined;
    const strict = controlOf({ refuses });
    expect(() => strict.plan(holder(statement('*')), [], byDefault)).toThrow(
      'Nobody could change it any more.',
    );
    expect(
      strict.plan(holder(statement('*'), statement({ AWS: partner })), [], byDefault).changes,
    ).toHaveLength(1);
  });
});

describe('a verdict', () => {
  it('is not given where AWS Config did not record the policy', () => {
    expect(control.undecided?.({ id: 'orders', unrecorded: true }, byDefault)).toMatch(/did not record/);
    expect(control.undecided?.({ id: 'orders' }, byDefault)).toBeUndefined();
  });

  it('looks at the model where the parameters ask for the account', () => {
    const short = policyControl({
      facts,
      items: queueItems,
      rules: plainService,
      policyIn: () => '{"Statement":[]}',
    });
    expect(short.evaluateItem?.({}, byDefault)?.compliance).toBe('COMPLIANT');
    expect(short.evaluateItem?.({}, fixing)).toBeUndefined();
    expect(short.evaluateItem?.({}, parametersOf({ trustedAccounts: [own] }))).toBeUndefined();
  });

  it('looks at the model where an explicit Deny may take what a statement allows: the ARN tells on what it does', () => {
    const deny = { ...statement('*'), Effect: 'Deny', Resource: place.arn };
    const shortOf = (...Statement: JsonObject[]) =>
      policyControl({
        facts,
        items: queueItems,
        rules: plainService,
        policyIn: () => JSON.stringify({ Statement }),
      }).evaluateItem?.({}, byDefault);
    expect(control.evaluate(holder(statement('*'), deny), byDefault).compliance).toBe('COMPLIANT');
    expect(shortOf(statement('*'), deny)).toBeUndefined();
    expect(shortOf(statement('*'))?.compliance).toBe('NON_COMPLIANT');
    expect(shortOf(deny)?.compliance).toBe('COMPLIANT');
  });

  it('is by the rules of its own resource, not of the one before', () => {
    const condition = { Condition: { StringEquals: { 'aws:PrincipalAccount': own } } };
    const one = holder(statement('*', condition));
    const trusting = parametersOf({ trustedAccounts: ['333333333333'] });
    const verdicts = [one, { ...one, accountId: '555555555555' }, one].map(
      (each) => control.evaluate(each, trusting).compliance,
    );
    expect(verdicts).toEqual(['COMPLIANT', 'NON_COMPLIANT', 'COMPLIANT']);
  });
});

describe('other parameters', () => {
  it.each<[string, JsonObject, object, string[]]>([
    [
      'with the first trusted account',
      {},
      { trustedAccounts: [own] },
      ['statements for any other account or organization than those trusted'],
    ],
    [
      'with one less',
      { trustedAccounts: [own, '444455556666'] },
      { trustedAccounts: [own] },
      ['statements for 444455556666'],
    ],
    ['with none any more', { trustedAccounts: [own] }, {}, []],
    [
      'that fix confused deputies',
      { confusedDeputy: 'report' },
      { confusedDeputy: 'fix' },
      ["statements for AWS's services, whosever request they act on"],
    ],
    [
      'of which those before cannot be read',
      { trustedAccounts: 7 },
      {},
      ['statements that let everybody in'],
    ],
    ['where another version had more', { more: true }, {}, []],
  ])('%s say what they make dangerous', (_, before, next, words) => {
    expect(control.newlyDangerous?.(before, parametersOf(next))).toEqual(words);
  });

  it.each([
    { trustedAccounts: ['1'] },
    { trustedOrganizations: ['r-ab12'] },
    { confusedDeputy: 'close' },
    { other: 1 },
  ])('are refused where they are wrong: %j', (parameters) => {
    expect(documentParametersSchema.safeParse(parameters).success).toBe(false);
  });
});
