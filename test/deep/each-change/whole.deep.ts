import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SavedStructure } from '../../../config/saved-structure';
import { type Assembly, readAssembly, type Template } from '../../../infra/assembly';
import { bundleLimits, ruleBundleLimit } from '../../../infra/bundle-limits';
import { nagFindings } from '../../../infra/check/nag';
import {
  assemble,
  memberTemplate,
  policyFile,
  propertiesOf,
  resourcesOf,
  roleNamesIn,
  roleStatements,
  stackTemplate,
} from '../../infra/support/assemble';
import { type Synthesized, synthesizeFor } from '../../infra/support/synthesized';
import { assembleApart, keptBundles } from '../../support/assembly';

describe('the whole app', () => {
  let assembly: Assembly;
  let synthesized: Synthesized;
  let templates: { name: string; template: Template; templateFile: string }[];

  beforeAll(async () => {
    assembly = readAssembly(await assembleApart(policyFile('approval')));
    synthesized = synthesizeFor(policyFile('approval'));
    const { stacks, memberTemplates } = assembly;
    templates = [
      ...stacks.map(({ stackName, ...rest }) => ({ name: stackName, ...rest })),
      ...memberTemplates.map(({ stackSetName, ...rest }) => ({ name: stackSetName, ...rest })),
    ];
  }, 120_000);

  afterAll(() => synthesized.remove());

  it('has no finding of cdk-nag that nobody acknowledged', () => {
    expect(nagFindings(synthesized.app)).toEqual([]);
  });

  it('makes the same templates and bundles every time', () => {
    const files = ({ stacks, memberTemplates }: Assembly) =>
      [...stacks, ...memberTemplates].map(({ templateFile }) => readFileSync(templateFile, 'utf8'));
    // The one is of a process of its own, maybe of an earlier run; the other was made here, with its bundles.
    expect(files(synthesized.assembly)).toEqual(files(assembly));
  });

  it('allows no role every action, and every resource only for calls that AWS cannot limit', () => {
    const unlimited: string[] = [];
    for (const { template } of templates) {
      for (const role of roleNamesIn(template)) {
        for (const { effect, actions, resources } of roleStatements(template, role)) {
          expect(effect).toBe('Allow');
          expect(actions.filter((action) => action.includes('*'))).toEqual([]);
          if (resources.includes('*')) unlimited.push(...actions);
        }
      }
    }
    expect([...new Set(unlimited)].sort()).toEqual([
      'cloudformation:ListStackSets',
      'cloudtrail:DescribeTrails',
      'cloudtrail:GetTrailStatus',
      'cloudtrail:LookupEvents',
      'config:DescribeConfigRuleEvaluationStatus',
      'config:DescribeConfigRules',
      'config:DescribeConfigurationRecorderStatus',
      'config:DescribeConfigurationRecorders',
      'config:GetResourceConfigHistory',
      'config:PutEvaluations',
      'ec2:DescribeImages',
      'ec2:DescribeSecurityGroupRules',
      'ec2:DescribeSecurityGroups',
      'ec2:DescribeSnapshots',
      'ec2:GetImageBlockPublicAccessState',
      'ec2:GetManagedPrefixListEntries',
      'ec2:GetSnapshotBlockPublicAccessState',
      'events:ListRules',
      'kms:ListKeys',
      'organizations:ListDelegatedAdministrators',
      'organizations:ListRoots',
      'rds:DescribeDBClusterSnapshots',
      'rds:DescribeDBSnapshots',
      's3:GetAccountPublicAccessBlock',
      's3:ListAllMyBuckets',
      'secretsmanager:ListSecrets',
      'sns:ListTopics',
      'sqs:ListQueues',
      'ssm:ListDocuments',
    ]);
  });

  it("uses no managed policies of AWS but AWS Config's own, and the one for the logs of every API", () => {
    const attached = templates.flatMap(({ template }) =>
      resourcesOf(template, 'AWS::IAM::Role').flatMap(
        ([, { Properties }]) => Properties?.ManagedPolicyArns ?? [],
      ),
    );
    expect(attached.map((policy) => JSON.stringify(policy).replace(/.*\/(\w+)".*/, '$1')).sort()).toEqual([
      'AWS_ConfigRole',
      'AmazonAPIGatewayPushToCloudWatchLogs',
    ]);
  });

  it('has the log group of every function in the template, with an end to retention', () => {
    for (const { template } of templates) {
      const groups = resourcesOf(template, 'AWS::Logs::LogGroup').map(
        ([, { Properties }]) => Properties ?? {},
      );
      for (const [, { Properties }] of resourcesOf(template, 'AWS::Lambda::Function')) {
        expect(groups).toContainEqual(
          expect.objectContaining({
            LogGroupName: `/aws/lambda/${String(Properties?.FunctionName)}`,
            RetentionInDays: expect.any(Number),
          }),
        );
      }
    }
  });

  it('runs every function on the same runtime', () => {
    for (const { template } of templates) {
      for (const [, { Properties }] of resourcesOf(template, 'AWS::Lambda::Function')) {
        expect(Properties).toMatchObject({
          Runtime: 'nodejs24.x',
          Architectures: ['arm64'],
          Handler: 'index.handler',
        });
      }
    }
  });

  it('keeps the function of all rules within its limit', () => {
    const member = templates.find(({ name }) => name === 'staunch-rules')?.template ?? { Resources: {} };
    const { Code } = propertiesOf(member, 'AWS::Lambda::Function', 'FunctionName', 'staunch-rule');
    const { ZipFile } = Code as { ZipFile: string };
    expect(Buffer.byteLength(ZipFile)).toBeLessThanOrEqual(ruleBundleLimit * 1_000);
  });

  it('has a limit for the bundle of each hub function', () => {
    const hub = stackTemplate(assembly, 'staunch-hub');
    const names = resourcesOf(hub, 'AWS::Lambda::Function').map(
      ([, { Properties }]) => Properties?.FunctionName,
    );
    expect(Object.keys(bundleLimits).sort()).toEqual(names.sort());
  });

  it.each(Object.entries(bundleLimits))(
    'keeps %s within %d kB, with the AWS SDK in it',
    (name, kilobytes) => {
      const hub = stackTemplate(assembly, 'staunch-hub');
      const { Code } = propertiesOf(hub, 'AWS::Lambda::Function', 'FunctionName', name);
      const { S3Key } = Code as { S3Key: string };
      const asset = assembly.stacks[0]?.assets.find(({ objectKey }) => objectKey === S3Key);
      const bundle = readFileSync(join(asset?.path ?? '', 'index.js'));
      expect(bundle.byteLength).toBeLessThanOrEqual(kilobytes * 1_000);
      expect(/require\("@aws-sdk\/(client|lib)/.test(bundle.toString())).toBe(false);
    },
  );
});

describe('the whole app, for a policy of names, paths and parameters', () => {
  const autoResponse = `{
    organizationalUnits: { /Workloads: off, /Sandbox: { controls: { s3-public-access: { parameters: { fix: lockdown } } } } },
    accounts: { payments: on } }`;
  const unit = (id: string, name: string) => ({ id, name, parentId: 'r-abcd' });
  const structure: SavedStructure = {
    version: 1,
    rootId: 'r-abcd',
    units: [unit('ou-abcd-11111111', 'Workloads'), unit('ou-abcd-22222222', 'Sandbox')],
    accounts: [{ id: '333333333333', name: 'payments', parentId: 'ou-abcd-11111111', status: 'ACTIVE' }],
  };
  let named: Synthesized;

  beforeAll(() => {
    const policy = policyFile('off').replace(/autoResponse:.*/, `autoResponse: ${autoResponse}`);
    named = synthesizeFor(policy, keptBundles(), structure);
  }, 60_000);

  afterAll(() => named.remove());

  it('has no finding of cdk-nag that nobody acknowledged', () => {
    expect(nagFindings(named.app)).toEqual([]);
  });

  it('lets the coordinator read the tree of this organization', () => {
    const hub = stackTemplate(named.assembly, 'staunch-hub');
    const asked = roleStatements(hub, 'staunch-coordinator').filter(({ actions }) =>
      actions.some((action) => action.startsWith('organizations:')),
    );
    expect(asked.map(({ actions }) => actions)).toEqual([
      ['organizations:ListParents'],
      ['organizations:ListOrganizationalUnitsForParent', 'organizations:ListAccountsForParent'],
      ['organizations:ListRoots'],
    ]);
  });

  it('changes the rule, which AWS Config then judges everything by anew, when its parameters change', async () => {
    const before = await assemble('off');
    const parametersOf = (one: Assembly, rule: string) =>
      propertiesOf(memberTemplate(one, 'staunch-rules'), 'AWS::Config::ConfigRule', 'ConfigRuleName', rule)
        .InputParameters;
    const changed = ['staunch-s3-public-access', 'staunch-security-group-open-ports'].filter(
      (rule) =>
        JSON.stringify(parametersOf(before, rule)) !== JSON.stringify(parametersOf(named.assembly, rule)),
    );
    expect(changed).toEqual(['staunch-s3-public-access']);
  }, 60_000);
});
