import {
  ledgerTableName,
  ordersUrlParameter,
  roleArn,
  roleNames,
  stackNames,
  stackSetPrefix,
} from '../../core/names';
import { type DeployerStatement, deployerPolicy } from './support/deployer-policy';
import { pageText } from './support/pages';

const hub = { accountId: '222222222222', region: 'eu-west-1' };
const { Version, Statement: statements } = deployerPolicy(hub);
const listOf = (value: string | string[]) => [value].flat();
const resourcesFor = (action: string) =>
  statements.filter(({ Action }) => listOf(Action).includes(action)).flatMap(({ Resource }) => Resource);
const isMeant = (action: string, arn: string) =>
  resourcesFor(action).some((pattern) => new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(arn));

describe("the deployer's policy", () => {
  it('has the shape of a policy that IAM takes as a managed one', () => {
    expect(Version).toBe('2012-10-17');
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    expect(JSON.stringify({ Version, Statement: statements }).length).toBeLessThanOrEqual(6_144);
    expect(new Set(statements.map(({ Sid }) => Sid)).size).toBe(statements.length);
    for (const { Sid, Effect } of statements) {
      expect(Sid).toMatch(/^[A-Za-z0-9]+$/);
      expect(Effect).toBe('Allow');
    }
  });

  it.each(statements)(
    'names actions one by one, and none that changes anything but where stack sets have stacks: $Sid',
    ({ Action, Resource }: DeployerStatement) => {
      for (const action of listOf(Action))
        expect(action).toMatch(
          /^([a-z0-9-]+:(Get|List|Describe|Query|Scan)[A-Za-z]*|cloudformation:(Create|Delete)StackInstances|sts:AssumeRole|execute-api:Invoke)$/,
        );
      // AWS Organizations knows no resources for what lists them.
      if (!listOf(Action).every((action) => action.startsWith('organizations:List')))
        expect(listOf(Resource).filter((resource) => !resource.startsWith('arn:aws:'))).toEqual([]);
    },
  );

  it('means what Staunch has by its names', () => {
    const at = (service: string, resource: string) =>
      `arn:aws:${service}:${hub.region}:${hub.accountId}:${resource}`;
    expect(isMeant('sts:AssumeRole', roleArn(hub.accountId, roleNames.doctor, 'aws'))).toBe(true);
    expect(isMeant('sts:AssumeRole', `arn:aws:iam::${hub.accountId}:role/${stackNames.hub}`)).toBe(false);
    expect(isMeant('dynamodb:Scan', at('dynamodb', `table/${ledgerTableName}`))).toBe(true);
    expect(isMeant('ssm:GetParameter', at('ssm', `parameter${ordersUrlParameter}`))).toBe(true);
    for (const name of Object.values(stackNames))
      expect(isMeant('cloudformation:DescribeStacks', at('cloudformation', `stack/${name}/id`))).toBe(true);
    const set = `arn:aws:cloudformation:${hub.region}:111111111111:stackset/${stackSetPrefix}rules:id`;
    for (const does of ['ListStackInstances', 'CreateStackInstances', 'DeleteStackInstances'])
      expect(isMeant(`cloudformation:${does}`, set)).toBe(true);
    expect(isMeant('cloudformation:DeleteStackInstances', set.replace('staunch', 'other'))).toBe(false);
  });

  it('cannot assume the role by which CloudFormation makes everything', () => {
    const role = `arn:aws:iam::${hub.accountId}:role/cdk-hnb659fds-cfn-exec-role-${hub.accountId}-${hub.region}`;
    expect(isMeant('sts:AssumeRole', role)).toBe(false);
    expect(isMeant('sts:AssumeRole', role.replace('cfn-exec', 'deploy'))).toBe(true);
  });

  it.each(['docs/deploy.md', 'docs/pipeline.md'])('is named by %s', (page) => {
    expect(pageText(page)).toContain('(deployer-policy.json)');
  });
});
