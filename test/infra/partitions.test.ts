import type { Assembly, Template } from '../../infra/assembly';
import { keptBundles } from '../support/assembly';
import { policyFile, roleNamesIn } from './support/assemble';
import { type Synthesized, synthesizeFor } from './support/synthesized';

/** Each partition once, and each kind of recorder once; the rest of `test/infra` is about `aws` with recorders of Staunch's own. */
const cases = [
  { partition: 'aws', regions: ['eu-west-1', 'us-east-1'], recorder: 'none' },
  { partition: 'aws-us-gov', regions: ['us-gov-west-1', 'us-gov-east-1'], recorder: 'existing' },
  { partition: 'aws-cn', regions: ['cn-north-1', 'cn-northwest-1'], recorder: 'own' },
] as const;

/** The stack sets, and the roles in members, for each kind of recorder. */
const expected = {
  none: {
    sets: ['staunch-access', 'staunch-remediation', 'staunch-trail'],
    roles: [
      'staunch-read',
      'staunch-patrol',
      'staunch-probe',
      'staunch-forward-events',
      'staunch-remediation',
    ],
  },
  existing: {
    sets: ['staunch-access', 'staunch-remediation', 'staunch-trail', 'staunch-rules'],
    roles: [
      'staunch-read',
      'staunch-patrol',
      'staunch-probe',
      'staunch-forward-events',
      'staunch-rule',
      'staunch-remediation',
    ],
  },
  own: {
    sets: ['staunch-access', 'staunch-remediation', 'staunch-trail', 'staunch-recorder', 'staunch-rules'],
    roles: [
      'staunch-read',
      'staunch-patrol',
      'staunch-probe',
      'staunch-forward-events',
      'staunch-rule',
      'staunch-config-recorder',
      'staunch-remediation',
    ],
  },
};

/** Types whose resources take tags in CloudFormation, of those that Staunch has. */
const tagged =
  /^AWS::(IAM::Role|Lambda::Function|SQS::Queue|SNS::Topic|DynamoDB::GlobalTable|S3::Bucket|KMS::Key|Logs::LogGroup|Events::EventBus|Events::Rule|SecretsManager::Secret|CloudWatch::Alarm|CloudFormation::StackSet)$/;

describe.each(cases)(
  'the app in $partition, where recorders are $recorder',
  ({ partition, regions, recorder }) => {
    let synthesized: Synthesized;
    let templates: Template[];

    beforeAll(() => {
      const [hub, other] = regions;
      const policy = policyFile('approval')
        .replaceAll('eu-west-1', hub)
        .replaceAll('us-east-1', other)
        .replace('autoResponse:', `recorder: ${recorder}\nautoResponse:`);
      synthesized = synthesizeFor(policy, keptBundles());
      templates = templatesOf(synthesized.assembly);
    }, 60_000);

    afterAll(() => synthesized.remove());

    it('names no other partition', () => {
      const named = templates.flatMap((template) => withoutCode(template).match(/\barn:aws[a-z-]*:/g) ?? []);
      expect(new Set(named)).toEqual(new Set([`arn:${partition}:`]));
      const queues = templates.flatMap(
        (template) => withoutCode(template).match(/https:\/\/sqs\.[^/]+/g) ?? [],
      );
      const domain = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
      expect(new Set(queues)).toEqual(new Set([`https://sqs.${regions[0]}.${domain}`]));
    });

    it('has exactly the stack sets and roles that such recorders take', () => {
      const { memberTemplates } = synthesized.assembly;
      expect(memberTemplates.map(({ stackSetName }) => stackSetName)).toEqual(expected[recorder].sets);
      const roles = memberTemplates.flatMap(({ template }) => roleNamesIn(template));
      expect(roles).toEqual(expected[recorder].roles);
      const types = templates.flatMap(({ Resources }) => Object.values(Resources).map(({ Type }) => Type));
      expect(types.includes('AWS::Config::ConfigurationRecorder')).toBe(recorder === 'own');
      expect(types.includes('AWS::Config::ConfigRule')).toBe(recorder !== 'none');
    });

    it('has functions log by what the partition offers, into a group that is there first', () => {
      for (const { Resources } of templates) {
        for (const { Type, Properties = {}, DependsOn } of Object.values(Resources)) {
          if (Type !== 'AWS::Lambda::Function') continue;
          expect('LoggingConfig' in Properties).toBe(partition === 'aws');
          const groups = Object.entries(Resources).filter(
            ([, other]) =>
              other.Properties?.LogGroupName === `/aws/lambda/${String(Properties.FunctionName)}`,
          );
          expect(groups).toHaveLength(1);
          expect(JSON.stringify([DependsOn, Properties.LoggingConfig])).toContain(`"${groups[0]?.[0]}"`);
        }
      }
    });

    it('tags everything that can have tags', () => {
      for (const { Resources } of templates) {
        for (const [id, { Type, Properties = {} }] of Object.entries(Resources)) {
          if (!tagged.test(Type)) continue;
          expect([id, JSON.stringify(Properties.Tags ?? Properties.Replicas)]).toEqual([
            id,
            expect.stringContaining('"Key":"staunch","Value":"deployed"'),
          ]);
        }
      }
    });
  },
);

function templatesOf({ stacks, memberTemplates }: Assembly): Template[] {
  return [...stacks, ...memberTemplates].map(({ template }) => template);
}

/** The code of the rule function knows every partition. */
function withoutCode(template: Template): string {
  return JSON.stringify(template, (key, value) => (key === 'ZipFile' ? '' : value));
}
