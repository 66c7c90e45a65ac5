import fc from 'fast-check';
import { evaluateText } from '../../../operator/evaluate/evaluate-text';
import { judgingOf } from '../../../operator/evaluate/judging-of';

function evaluate(controlId: string, text: string, parameters: object = {}) {
  return [...evaluateText(text, judgingOf({ controls: [controlId], parameters, wish: 'plan' }))];
}

const groups = 'security-group-open-ports';
const buckets = 's3-public-access';

const apiGroup = {
  GroupId: 'sg-1',
  IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
};
const configuration = {
  groupId: 'sg-1',
  groupName: 'web',
  ipPermissions: [
    {
      ipProtocol: 'tcp',
      fromPort: 22,
      toPort: 22,
      ipRanges: ['0.0.0.0/0'],
      ipv4Ranges: [{ cidrIp: '0.0.0.0/0' }],
      ipv6Ranges: [],
      prefixListIds: [],
      userIdGroupPairs: [],
    },
  ],
  ipPermissionsEgress: [],
};
const item = {
  configurationItemStatus: 'OK',
  resourceType: 'AWS::EC2::SecurityGroup',
  resourceId: 'sg-1',
  awsRegion: 'eu-west-1',
  configuration,
};
const invocation = (notification: object, more: object = {}) => ({
  invokingEvent: JSON.stringify({ messageType: 'ConfigurationItemChangeNotification', ...notification }),
  ruleParameters: '{}',
  resultToken: 'token',
  eventLeftScope: false,
  accountId: '111122223333',
  ...more,
});
const publicPolicy = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::photos/*' },
};

describe('staunch evaluate', () => {
  it.each<[string, object]>([
    ["what EC2's API answers", apiGroup],
    ['a configuration item', item],
    ['an item of which every part is text', { ...item, configuration: JSON.stringify(configuration) }],
    ['the event of a rule invocation', invocation({ configurationItem: item })],
  ])('gives the same line for %s', (_, resource) => {
    expect(evaluate(groups, JSON.stringify(resource))).toEqual([
      {
        resource: 'sg-1',
        compliance: 'NON_COMPLIANT',
        violations: [expect.objectContaining({ kind: 'open-port' })],
        plan: [
          expect.objectContaining({
            action: 'revoke',
            protocol: 'tcp',
            fromPort: 22,
            toPort: 22,
            cidr: '0.0.0.0/0',
          }),
        ],
      },
    ]);
  });

  it.each<[string, object]>([
    ['text', { Name: 'photos', Policy: JSON.stringify(publicPolicy) }],
    ['an object', { Name: 'photos', Policy: publicPolicy }],
  ])('takes the policy of a bucket as %s', (_, resource) => {
    const [line] = evaluate(buckets, JSON.stringify(resource));

    expect(line).toMatchObject({ resource: 'photos', compliance: 'NON_COMPLIANT' });
    expect(line).toHaveProperty('plan.1.action', 'deletePolicy');
  });

  it('says what a lossy plan takes along', () => {
    const website = {
      Name: 'site',
      Policy: publicPolicy,
      Website: { IndexDocument: { Suffix: 'index.html' } },
    };

    expect(evaluate(buckets, JSON.stringify(website))).toMatchObject([
      { lossy: true, losses: [expect.any(String)] },
    ]);
  });

  it.each<[string, object]>([
    ['deleted', { ...item, configurationItemStatus: 'ResourceDeleted', configuration: null }],
    ['out of scope', invocation({ configurationItem: item }, { eventLeftScope: true })],
  ])('answers NOT_APPLICABLE for a resource that is %s', (_, resource) => {
    expect(evaluate(groups, JSON.stringify(resource))).toEqual([
      { resource: 'sg-1', compliance: 'NOT_APPLICABLE', violations: [], plan: [] },
    ]);
  });

  it('says so when the input alone does not decide', () => {
    const throughList = {
      GroupId: 'sg-2',
      IpPermissions: [
        {
          IpProtocol: 'tcp',
          FromPort: 22,
          ToPort: 22,
          PrefixListIds: [{ PrefixListId: 'pl-0123456789abcdef0' }],
        },
      ],
    };

    expect(evaluate(groups, JSON.stringify(throughList))).toMatchObject([
      {
        resource: 'sg-2',
        compliance: 'NOT_APPLICABLE',
        undecided: expect.stringContaining('pl-0123456789abcdef0'),
      },
    ]);
  });

  it('goes by the parameters', () => {
    expect(evaluate(groups, JSON.stringify(apiGroup), { prohibitedPorts: [8080] })).toMatchObject([
      { compliance: 'COMPLIANT' },
    ]);
  });

  it('goes on after lines that cannot be understood, and names them', () => {
    const lines = [
      JSON.stringify(apiGroup),
      '',
      'no JSON',
      '{"GroupId":7}',
      '[]',
      JSON.stringify({ ...apiGroup, GroupId: 'sg-9' }),
    ];

    expect(evaluate(groups, lines.join('\n'))).toMatchObject([
      { resource: 'sg-1' },
      { line: 3, resource: null, error: expect.stringContaining('The line is not JSON') },
      { line: 4, resource: null, error: expect.stringContaining('groupId') },
      { resource: 'sg-9', compliance: 'NON_COMPLIANT' },
    ]);
  });

  it.each(['[]', '[[]]', '{"SecurityGroups":[]}', '[{"SecurityGroups":[]},[]]'])(
    'finds nothing in %s, and nothing wrong',
    (text) => {
      expect(evaluate(groups, text)).toEqual([]);
    },
  );

  it('names what is wrong with input that is no JSON at all', () => {
    expect(evaluate(groups, '{"GroupId":')).toMatchObject([
      { resource: null, error: expect.stringContaining('The input is not JSON') },
    ]);
  });

  it('says that the input is empty where it is', () => {
    expect(evaluate(groups, ' \n')).toEqual([
      { resource: null, error: 'The input is empty; it should be JSON, or JSON Lines.' },
    ]);
  });

  it('asks for the item itself where an invocation holds only its summary', () => {
    const oversized = invocation({
      messageType: 'OversizedConfigurationItemChangeNotification',
      configurationItemSummary: { resourceType: 'AWS::EC2::SecurityGroup', resourceId: 'sg-1' },
    });

    expect(evaluate(groups, JSON.stringify(oversized))).toMatchObject([
      { error: expect.stringContaining('GetResourceConfigHistory') },
    ]);
  });

  it.each([groups, buckets])('never fails in another way, whatever the input (%s)', (controlId) => {
    const keys = fc.constantFrom(
      'GroupId',
      'IpPermissions',
      'Name',
      'Policy',
      'Grants',
      'configuration',
      'resourceType',
      'invokingEvent',
      'resultToken',
      'accountId',
      'supplementaryConfiguration',
      'configurationItemStatus',
    );
    const resource = fc.oneof(
      fc.anything(),
      fc.dictionary(keys, fc.oneof(fc.anything(), fc.jsonValue(), fc.json())),
    );

    fc.assert(
      fc.property(resource, (value) => {
        const text = JSON.stringify(value) ?? 'undefined';
        for (const line of evaluate(controlId, text))
          expect('error' in line || 'compliance' in line).toBe(true);
      }),
      { numRuns: 2_000, seed: 20261123 },
    );
  });
});
