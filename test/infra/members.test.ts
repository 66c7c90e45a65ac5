import { readFileSync } from 'node:fs';
import { maximumRolePolicies, roleSizes } from '../../bench/twenty/role-sizes';
import { memberTemplateBytes } from '../../bench/twenty/room';
import { permissionsToFix } from '../../controls/permissions-to-fix';
import { customControls, managedControls } from '../../controls/registry';
import { doctorPermissions } from '../../core/doctor-permissions';
import type { Assembly, Template } from '../../infra/assembly';
import { verdictCodeDigest } from '../../infra/bundle';
import { memberTemplatesLimit } from '../../infra/bundle-limits';
import type { ResourceFacts } from '../../resources/kit/resource-type';
import { factsOf, resourceTypes } from '../../resources/resource-types';
import { compileEventPattern } from '../../sandbox/services/events/pattern';
import {
  assemble,
  hubAccount,
  hubRegion,
  memberTemplate,
  organizationId,
  propertiesOf,
  resourcesOf,
  roleNamesIn,
  roleStatements,
  stackTemplate,
  statementsOf,
} from './support/assemble';

/** A text with the account's id in it, as templates have it. */
function flattened(before: string, after: string): object {
  return { 'Fn::Join': ['', [before, { Ref: 'AWS::AccountId' }, after]] };
}

/** Part of a template as it is in an account. */
function inAccount(part: unknown, accountId: string): unknown {
  if (Array.isArray(part)) return part.map((one) => inAccount(one, accountId));
  if (typeof part !== 'object' || part === null) return part;
  if ('Ref' in part && part.Ref === 'AWS::AccountId') return accountId;
  if ('Fn::Join' in part) return (inAccount(part['Fn::Join'], accountId) as [string, string[]])[1].join('');
  return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, inAccount(inner, accountId)]));
}

describe('what members get', () => {
  let assembly: Assembly;
  let access: Template;
  let remediation: Template;
  let trail: Template;
  let recorder: Template;
  let rules: Template;

  beforeAll(async () => {
    assembly = await assemble('approval');
    access = memberTemplate(assembly, 'staunch-access');
    remediation = memberTemplate(assembly, 'staunch-remediation');
    trail = memberTemplate(assembly, 'staunch-trail');
    recorder = memberTemplate(assembly, 'staunch-recorder');
    rules = memberTemplate(assembly, 'staunch-rules');
  }, 60_000);

  const templateOf = (roleName: string) => (roleName === 'staunch-remediation' ? remediation : access);
  const trustOf = (roleName: string) =>
    statementsOf(
      propertiesOf(templateOf(roleName), 'AWS::IAM::Role', 'RoleName', roleName).AssumeRolePolicyDocument,
    );

  it('needs nothing of the account or of another stack: no import, parameter, asset or custom resource', () => {
    for (const template of [access, remediation, trail, recorder, rules]) {
      const text = JSON.stringify(template);
      for (const foreign of [
        'Fn::ImportValue',
        'Custom::',
        'S3Bucket"',
        'BootstrapVersion',
        'AWS::CDK::Metadata',
      ]) {
        expect(text.includes(foreign) ? foreign : 'nothing foreign').toBe('nothing foreign');
      }
      expect(template).not.toHaveProperty('Parameters');
    }
  });

  it(`fits into ${memberTemplatesLimit} kB`, () => {
    expect(memberTemplateBytes(assembly)).toBeLessThanOrEqual(memberTemplatesLimit * 1_000);
  });

  it('is written without indentation, which CloudFormation counts', () => {
    const texts = assembly.memberTemplates.map(({ templateFile }) => readFileSync(templateFile, 'utf8'));
    expect(texts.filter((text) => text.includes('\n'))).toEqual([]);
  });

  it('gives every role policies that IAM takes', () => {
    const tooLong = roleSizes(assembly).filter(({ characters }) => characters > maximumRolePolicies);
    expect(tooLong).toEqual([]);
  });

  describe('the roles', () => {
    it.each(['staunch-read', 'staunch-remediation'])(
      "has %s trust only the hub's coordinator",
      (roleName) => {
        expect(trustOf(roleName)).toEqual([
          expect.objectContaining({
            actions: ['sts:AssumeRole'],
            conditions: {
              ArnEquals: {
                'aws:PrincipalArn': `arn:aws:iam::${hubAccount}:role/staunch/staunch-coordinator`,
              },
              StringEquals: { 'aws:PrincipalOrgID': organizationId },
            },
          }),
        ]);
        expect(JSON.stringify(trustOf(roleName)[0]?.principal)).toContain(`:iam::${hubAccount}:root`);
      },
    );

    it('ends every session after an hour at most', () => {
      for (const [, { Properties }] of [access, remediation].flatMap((one) =>
        resourcesOf(one, 'AWS::IAM::Role'),
      )) {
        expect(Properties).toMatchObject({ MaxSessionDuration: 3600, Path: '/staunch/' });
      }
    });

    it('lets the read role read what the controls read, and change nothing', () => {
      const actions = roleStatements(access, 'staunch-read').flatMap((statement) => statement.actions);
      const read = customControls.flatMap(({ resourceType }) =>
        factsOf(resourceType).readPermissions.flatMap((each) => each.actions),
      );
      expect(actions.sort()).toEqual([...new Set(read)].sort());
      expect(actions.filter((action) => !/:(Get|List|Describe|Lookup)/.test(action))).toEqual([]);
    });

    it("has the probes' role trust the doctor alone, invoke the rule function, and enable the doctor's own rule", () => {
      expect(trustOf('staunch-probe')).toEqual([
        expect.objectContaining({
          conditions: {
            ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${hubAccount}:role/staunch/staunch-doctor` },
            StringEquals: { 'aws:PrincipalOrgID': organizationId },
          },
        }),
      ]);
      expect(roleStatements(access, 'staunch-probe')).toEqual([
        expect.objectContaining({
          actions: ['events:EnableRule'],
          resources: [`arn:aws:events:*:${'$'}{AWS::AccountId}:rule/staunch-forward-trail-probe`],
        }),
        expect.objectContaining({
          actions: ['lambda:InvokeFunction'],
          resources: [`arn:aws:lambda:*:${'$'}{AWS::AccountId}:function:staunch-rule`],
        }),
      ]);
    });

    it("has the patrol's role trust the hub's dispatcher and doctor alone, and list, describe and get what decides", () => {
      expect(trustOf('staunch-patrol')).toEqual([
        expect.objectContaining({
          conditions: {
            ArnEquals: {
              'aws:PrincipalArn': ['staunch-patrol-dispatcher', 'staunch-doctor'].map(
                (name) => `arn:aws:iam::${hubAccount}:role/staunch/${name}`,
              ),
            },
            StringEquals: { 'aws:PrincipalOrgID': organizationId },
          },
        }),
      ]);
      const actions = roleStatements(access, 'staunch-patrol').flatMap((statement) => statement.actions);
      const needed = Object.values<ResourceFacts>(resourceTypes).flatMap(({ patrolPermissions }) =>
        patrolPermissions.flatMap((each) => each.actions),
      );
      const ofDoctor = doctorPermissions.flatMap((each) => each.actions);
      expect([...new Set(actions)].sort()).toEqual([...new Set([...needed, ...ofDoctor])].sort());
      expect(actions.filter((action) => !/:(Get|List|Describe)/.test(action))).toEqual([]);
      expect(actions.filter((action) => /Object|ReceiveMessage/.test(action))).toEqual([]);
    });

    it('lets the remediation role do what the controls need to read and to fix', () => {
      const actions = roleStatements(remediation, 'staunch-remediation').flatMap(
        (statement) => statement.actions,
      );
      const needed = customControls.flatMap((control) =>
        permissionsToFix(control).flatMap((each) => each.actions),
      );
      expect(actions).not.toContain('cloudtrail:LookupEvents');
      expect([...new Set(actions)].sort()).toEqual([...new Set(needed)].sort());
    });

    it('keeps what names a resource to its type and to this account', () => {
      const onResources = roleStatements(remediation, 'staunch-remediation').filter(
        ({ resources }) => resources[0] !== '*' && !resources[0]?.includes(':security-group-rule/'),
      );
      // One for each type, and one for the setting that decides with SSM documents.
      const ofSettings = onResources.filter(({ resources }) => resources[0]?.includes(':servicesetting/'));
      expect(ofSettings.flatMap(({ actions }) => actions)).toEqual(['ssm:GetServiceSetting']);
      expect(onResources).toHaveLength(Object.keys(resourceTypes).length + ofSettings.length);
      for (const { resources, conditions } of onResources) {
        // The ARNs of buckets, snapshots and images name no account.
        if (/^arn:aws:(s3:::|ec2:\*::)/.test(resources[0] ?? '')) {
          expect(conditions).toEqual({ StringEquals: { 'aws:ResourceAccount': { Ref: 'AWS::AccountId' } } });
        } else {
          expect(resources[0]).toContain(`:*:${'$'}{AWS::AccountId}:`);
          expect(conditions).toBeUndefined();
        }
      }
    });

    it('lets the remediation role tag only rules of this account that the same call creates', () => {
      const onRules = roleStatements(remediation, 'staunch-remediation').filter(({ resources }) =>
        resources[0]?.includes(':security-group-rule/'),
      );
      expect(
        onRules.map(({ actions, resources, conditions }) => ({ actions, resources, conditions })),
      ).toEqual([
        {
          actions: ['ec2:AuthorizeSecurityGroupIngress'],
          resources: [`arn:aws:ec2:*:${'$'}{AWS::AccountId}:security-group-rule/*`],
          conditions: undefined,
        },
        {
          actions: ['ec2:CreateTags'],
          resources: [`arn:aws:ec2:*:${'$'}{AWS::AccountId}:security-group-rule/*`],
          conditions: { StringEquals: { 'ec2:CreateAction': 'AuthorizeSecurityGroupIngress' } },
        },
      ]);
    });

    it("lets the rule function read the account's settings that decide, judge again by AWS Config's rules, and read nothing else", () => {
      const statements = roleStatements(access, 'staunch-rule').map(({ actions, resources }) => ({
        actions,
        resources,
      }));
      expect(statements).toHaveLength(5);
      expect(statements[0]).toEqual({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [`arn:aws:logs:*:${'$'}{AWS::AccountId}:log-group:/aws/lambda/staunch-rule:*`],
      });
      expect(statements).toEqual(
        expect.arrayContaining([
          {
            actions: ['config:PutEvaluations', 'config:GetResourceConfigHistory'],
            resources: ['*'],
          },
          { actions: ['s3:GetAccountPublicAccessBlock'], resources: ['*'] },
          {
            actions: ['config:StartConfigRulesEvaluation'],
            resources: [`arn:aws:config:*:${'$'}{AWS::AccountId}:config-rule/config-rule-*`],
          },
        ]),
      );
    });

    it('lets only the forwarding rules use the role that reaches the bus', () => {
      expect(trustOf('staunch-forward-events')[0]?.conditions).toMatchObject({
        StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
        ArnLike: {
          'aws:SourceArn': [
            flattened('arn:aws:events:*:', ':rule/staunch-forward-compliance-changes'),
            flattened('arn:aws:events:*:', ':rule/staunch-forward-trail-*'),
          ],
        },
      });
      expect(roleStatements(access, 'staunch-forward-events')).toEqual([
        expect.objectContaining({
          actions: ['events:PutEvents'],
          resources: [`arn:aws:events:${hubRegion}:${hubAccount}:event-bus/staunch`],
        }),
      ]);
    });
  });

  describe('the rules', () => {
    /** AWS Config judges nothing of a type that it does not record. */
    const withRules = customControls.filter(({ resourceType }) => factsOf(resourceType).isRecorded);
    const rule = (name: string) => {
      const found = resourcesOf(rules, 'AWS::Config::ConfigRule').find(
        ([, { Properties }]) => Properties?.ConfigRuleName === name,
      );
      if (!found) throw new Error(`There is no rule ${name}.`);
      return found[1];
    };

    it.each(withRules)(
      'runs the function of $id for changed and oversized items of $resourceType, and of what decides with it',
      ({ id, resourceType, accountSetting }) => {
        const { Properties } = rule(`staunch-${id}`);
        expect(Properties).toMatchObject({
          Scope: {
            ComplianceResourceTypes: [
              resourceType,
              ...(accountSetting === undefined ? [] : [accountSetting]),
            ],
          },
          Source: {
            Owner: 'CUSTOM_LAMBDA',
            SourceDetails: [
              { EventSource: 'aws.config', MessageType: 'ConfigurationItemChangeNotification' },
              { EventSource: 'aws.config', MessageType: 'OversizedConfigurationItemChangeNotification' },
            ],
          },
        });
      },
    );

    it('run one function, which knows where findings go, and whose code holds the parameters', () => {
      const functions = resourcesOf(rules, 'AWS::Lambda::Function');
      expect(functions.map(([, { Properties }]) => Properties?.FunctionName)).toEqual(['staunch-rule']);
      const { Environment, Code } = propertiesOf(
        rules,
        'AWS::Lambda::Function',
        'FunctionName',
        'staunch-rule',
      );
      expect(Environment).toEqual({
        Variables: {
          URL_SUFFIX: { Ref: 'AWS::URLSuffix' },
          HUB_REGION: hubRegion,
          REMEDIATION_QUEUE_URL: `https://sqs.${hubRegion}.amazonaws.com/${hubAccount}/staunch-remediation`,
        },
      });
      for (const { id } of withRules) {
        expect(rule(`staunch-${id}`).Properties?.Source).toMatchObject({
          SourceIdentifier: { 'Fn::GetAtt': [functions[0]?.[0], 'Arn'] },
        });
        expect((Code as { ZipFile: string }).ZipFile).toContain(
          `"${id}":{parameterSets:'{"accounts":{},"others":[{}]}'`,
        );
      }
    });

    it('listens to the public access block of the account where buckets are judged, and nowhere else', () => {
      const listening = resourcesOf(rules, 'AWS::Config::ConfigRule').filter(([, { Properties }]) =>
        JSON.stringify(Properties?.Scope ?? {}).includes('AWS::S3::AccountPublicAccessBlock'),
      );
      expect(listening.map(([, { Properties }]) => Properties?.ConfigRuleName)).toEqual([
        'staunch-s3-public-access',
      ]);
    });

    it.each(withRules)(
      'are judged by anew when the parameters of $id, or the code of its verdicts, are others',
      (control) => {
        expect(rule(`staunch-${control.id}`).Properties?.InputParameters).toEqual({
          parameterSets: expect.stringMatching(/^[0-9a-f]{16}$/),
          verdictCode: verdictCodeDigest(control),
        });
      },
    );

    it('gives the function the time to wait for the next evaluation', () => {
      const { Timeout } = propertiesOf(rules, 'AWS::Lambda::Function', 'FunctionName', 'staunch-rule');
      expect(Timeout).toBe(300);
    });

    it('lets AWS Config of the same account invoke the function, and nobody else', () => {
      const permissions = resourcesOf(rules, 'AWS::Lambda::Permission');
      expect(permissions).toHaveLength(1);
      for (const [, { Properties }] of permissions) {
        expect(Properties).toMatchObject({
          Action: 'lambda:InvokeFunction',
          Principal: 'config.amazonaws.com',
          SourceAccount: { Ref: 'AWS::AccountId' },
        });
      }
    });

    it.each(managedControls.map((control) => control))('has the managed rule of $id', (control) => {
      const { Properties, Condition } = rule(`staunch-${control.id}`);
      expect(Properties?.Source).toEqual({ Owner: 'AWS', SourceIdentifier: control.sourceIdentifier });
      expect(Properties?.InputParameters ?? {}).toEqual(control.inputParameters);
      expect(Condition).toBe(control.regions === 'home' ? 'InHomeRegion' : undefined);
    });

    it("watches the password policy in the hub's Region only", () => {
      expect(rule('staunch-iam-password-policy').Condition).toBe('InHomeRegion');
      expect(rules.Conditions).toEqual({
        InHomeRegion: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, hubRegion] },
      });
    });

    it('come after the permission of their function; recorder and channel wait for nothing', () => {
      const [made] = resourcesOf(recorder, 'AWS::Config::ConfigurationRecorder');
      const [channel] = resourcesOf(recorder, 'AWS::Config::DeliveryChannel');
      expect(made?.[1]).not.toHaveProperty('DependsOn');
      expect(channel?.[1]).not.toHaveProperty('DependsOn');
      const [permission] = resourcesOf(rules, 'AWS::Lambda::Permission');
      for (const [, { Properties, DependsOn = [] }] of resourcesOf(rules, 'AWS::Config::ConfigRule')) {
        const { Owner } = { ...Properties }.Source as { Owner: string };
        expect(DependsOn).toEqual(Owner === 'CUSTOM_LAMBDA' ? [permission?.[0]] : []);
      }
    });
  });

  it('records the types that some control looks at, or that decide with them, and no other', () => {
    const [found] = resourcesOf(recorder, 'AWS::Config::ConfigurationRecorder');
    const recorded = Object.values(resourceTypes).flatMap(({ type, isRecorded }) =>
      isRecorded ? [type] : [],
    );
    expect(found?.[1].Properties?.RecordingGroup).toMatchObject({
      AllSupported: false,
      ResourceTypes: [...recorded, 'AWS::S3::AccountPublicAccessBlock'].sort(),
    });
  });

  it('forwards the compliance changes that people are told of, and those that close a finding, and no other', () => {
    const { EventPattern } = propertiesOf(
      rules,
      'AWS::Events::Rule',
      'Name',
      'staunch-forward-compliance-changes',
    );
    const matches = compileEventPattern(EventPattern as Record<string, unknown>);
    const forwards = (configRuleName: string, from: string | undefined, to: string) =>
      matches({
        source: 'aws.config',
        'detail-type': 'Config Rules Compliance Change',
        detail: {
          configRuleName,
          newEvaluationResult: { complianceType: to },
          ...(from && { oldEvaluationResult: { complianceType: from } }),
        },
      });
    const [managed, custom] = ['staunch-iam-password-policy', 'staunch-s3-public-access'];
    expect(forwards(managed, undefined, 'NON_COMPLIANT')).toBe(true);
    expect(forwards(managed, 'NON_COMPLIANT', 'COMPLIANT')).toBe(true);
    expect(forwards(managed, undefined, 'COMPLIANT')).toBe(false);
    expect(forwards(custom, 'NON_COMPLIANT', 'COMPLIANT')).toBe(true);
    expect(forwards(custom, 'NON_COMPLIANT', 'NOT_APPLICABLE')).toBe(true);
    expect(forwards(custom, 'NOT_APPLICABLE', 'COMPLIANT')).toBe(true);
    expect(forwards(custom, undefined, 'COMPLIANT')).toBe(false);
    // The rule's function says itself what it found.
    expect(forwards(custom, 'COMPLIANT', 'NON_COMPLIANT')).toBe(false);
    expect(forwards('somebodys-own', 'NON_COMPLIANT', 'COMPLIANT')).toBe(false);
  });

  describe.each(Object.values(resourceTypes))('the forwarding of recorded calls about $type', (facts) => {
    const account = '123456789012';
    const { source, opening } = facts.trail;
    const forwarding = () =>
      propertiesOf(trail, 'AWS::Events::Rule', 'Name', `staunch-forward-trail-${facts.slug}`);
    /** The pattern as EventBridge gets it in an account. */
    const pattern = () => inAccount(forwarding().EventPattern, account) as Record<string, unknown>;
    const call = (detail: object) => ({
      source: source.replace('.amazonaws.com', '').replace(/^/, 'aws.'),
      'detail-type': 'AWS API Call via CloudTrail',
      account,
      detail: {
        eventSource: source,
        eventName: opening[0],
        userIdentity: { type: 'Root' },
        ...detail,
      },
    });
    const by = (roleName: string, owner = account) => ({
      userIdentity: {
        type: 'AssumedRole',
        sessionContext: { sessionIssuer: { arn: `arn:aws:iam::${owner}:role/staunch/${roleName}` } },
      },
    });
    const forwards = (detail: object) => compileEventPattern(pattern())(call(detail));

    it('has a pattern that EventBridge takes', () => {
      expect(JSON.stringify(pattern()).length).toBeLessThanOrEqual(2_048);
      expect(pattern()).toEqual({
        source: [`aws.${source.split('.')[0]}`],
        'detail-type': ['AWS API Call via CloudTrail'],
        detail: {
          eventSource: [source],
          eventName: opening,
          errorCode: [{ exists: false }],
          $or: [
            { 'anything-but': [`arn:aws:iam::${account}:role/staunch/staunch-remediation`] },
            { exists: false },
          ].map((arn) => ({ userIdentity: { sessionContext: { sessionIssuer: { arn: [arn] } } } })),
        },
      });
    });

    it('takes every call that can open one, by whomever', () => {
      for (const eventName of opening) expect(forwards({ eventName })).toBe(true);
      expect(forwards(by('another'))).toBe(true);
      expect(forwards(by('staunch-remediation', '210987654321'))).toBe(true);
      expect(forwards({ userIdentity: { type: 'IAMUser', sessionContext: { sessionIssuer: {} } } })).toBe(
        true,
      );
    });

    it("takes no fix of Staunch's own, nothing that failed, and no call that opens nothing", () => {
      expect(forwards(by('staunch-remediation'))).toBe(false);
      expect(forwards({ errorCode: 'AccessDenied' })).toBe(false);
      expect(forwards({ eventName: 'DescribeSomething' })).toBe(false);
    });

    it("sends it to the hub's bus, with the role for that", () => {
      expect(forwarding().Targets).toEqual([
        {
          Id: 'hub',
          Arn: `arn:aws:events:${hubRegion}:${hubAccount}:event-bus/staunch`,
          RoleArn: flattened('arn:aws:iam::', ':role/staunch/staunch-forward-events'),
        },
      ]);
    });
  });

  describe('the stack sets', () => {
    const stackSet = (name: string) =>
      propertiesOf(
        stackTemplate(assembly, 'staunch-stack-sets'),
        'AWS::CloudFormation::StackSet',
        'StackSetName',
        name,
      );

    it('lie alone in their stack, so that a failed operation rolls back nothing else', () => {
      const { Resources } = stackTemplate(assembly, 'staunch-stack-sets');
      expect(new Set(Object.values(Resources).map(({ Type }) => Type))).toEqual(
        new Set(['AWS::CloudFormation::StackSet']),
      );
    });

    it.each(['access', 'remediation', 'trail', 'recorder', 'rules'])(
      'has staunch-%s reach its targets, accounts that join later too, and go on past every account that fails',
      (kind) => {
        const { StackInstancesGroup: groups, ...properties } = stackSet(`staunch-${kind}`);
        expect(properties).toMatchObject({
          PermissionModel: 'SERVICE_MANAGED',
          CallAs: 'DELEGATED_ADMIN',
          AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false },
          ManagedExecution: { Active: true },
          Capabilities: ['CAPABILITY_NAMED_IAM'],
        });
        // Of a lower percentage CloudFormation rolls back what succeeded.
        expect(properties.OperationPreferences).toEqual({
          RegionConcurrencyType: 'PARALLEL',
          ConcurrencyMode: 'SOFT_FAILURE_TOLERANCE',
          FailureTolerancePercentage: 100,
          MaxConcurrentPercentage: 100,
        });
        const units =
          kind === 'remediation' ? ['ou-abcd-11111111'] : ['ou-abcd-11111111', 'ou-abcd-22222222'];
        const isOfRoles = kind === 'access' || kind === 'remediation';
        expect(groups).toEqual([
          {
            DeploymentTargets: { OrganizationalUnitIds: units, AccountFilterType: 'NONE' },
            Regions: isOfRoles ? [hubRegion] : [hubRegion, 'us-east-1'],
          },
        ]);
      },
    );

    it('has the roles in an account before what uses them, and the recorder before the rules', () => {
      const waitsFor = (kind: string) => {
        const { DependsOn = [] } = stackSet(`staunch-${kind}`).AutoDeployment as { DependsOn?: unknown[] };
        return DependsOn.map((arn) => {
          // Service-managed stack sets are created in the management account.
          const [begin, { 'Fn::GetAtt': [id] = [] }] = (
            arn as { 'Fn::Join': [string, [string, { 'Fn::GetAtt': string[] }]] }
          )['Fn::Join'][1];
          expect(begin).toBe(`arn:aws:cloudformation:${hubRegion}:111111111111:stackset/`);
          const { Resources } = stackTemplate(assembly, 'staunch-stack-sets');
          return Resources[id ?? '']?.Properties?.StackSetName;
        });
      };
      expect(waitsFor('access')).toEqual([]);
      expect(waitsFor('remediation')).toEqual([]);
      expect(waitsFor('trail')).toEqual(['staunch-access']);
      expect(waitsFor('recorder')).toEqual(['staunch-access']);
      expect(waitsFor('rules')).toEqual(['staunch-access', 'staunch-recorder']);
    });
  });

  it('gets no role that can change anything where everything is off', async () => {
    const off = await assemble('off');
    expect(off.memberTemplates.map(({ stackSetName }) => stackSetName)).toEqual([
      'staunch-access',
      'staunch-trail',
      'staunch-recorder',
      'staunch-rules',
    ]);
    const actions = off.memberTemplates.flatMap(({ template }) =>
      [
        'staunch-read',
        'staunch-patrol',
        'staunch-probe',
        'staunch-forward-events',
        'staunch-rule',
        'staunch-config-recorder',
      ]
        .filter((name) => roleNamesIn(template).includes(name))
        .flatMap((name) => roleStatements(template, name).flatMap((statement) => statement.actions)),
    );
    expect(off.memberTemplates.flatMap(({ template }) => roleNamesIn(template))).toHaveLength(6);
    expect(actions.filter((action) => !/:(Get|List|Describe|Lookup)/.test(action)).sort()).toEqual([
      'config:PutEvaluations',
      'config:StartConfigRulesEvaluation',
      'events:EnableRule',
      'events:PutEvents',
      'lambda:InvokeFunction',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      's3:PutObject',
      's3:PutObjectAcl',
      'sqs:SendMessage',
    ]);
  }, 60_000);
});
