import type { RecorderMode } from '../../../../config/recorder';
import { roleArn, roleNames, ruleFunctionName } from '../../../../core/names';
import { type Partition, partitionOf } from '../../../../core/partition';
import type { DeployingCall } from './blocking';

/**
 * By which StackSets works in a member account; its name ends in an id that AWS chooses:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-activate-trusted-access.html
 */
export const executionRole = 'stacksets-exec-';

/** A few calls that stand for what each part of the members' templates takes. */
const everywhere = ['events:PutRule', 'events:PutTargets', 'cloudformation:CreateStack'];
const ofRoles = ['iam:CreateRole', 'iam:PutRolePolicy', 'iam:TagRole', 'iam:PassRole'];
const ofRules = [
  'config:PutConfigRule',
  'lambda:CreateFunction',
  'lambda:AddPermission',
  'logs:CreateLogGroup',
];
const ofRecorders = [
  'config:PutConfigurationRecorder',
  'config:PutDeliveryChannel',
  'config:StartConfigurationRecorder',
];

/** The calls that a deployment makes in an account, by the mode of its recorder. Pure. */
export function deployingCalls(
  accountId: string,
  recorder: RecorderMode,
  regions: readonly string[],
): DeployingCall[] {
  const partition = partitionOf(regions[0] ?? '');
  const principalArn = `arn:${partition}:iam::${accountId}:role/${executionRole}0123456789abcdef`;
  const regional = [
    ...everywhere,
    ...(recorder === 'none' ? [] : ofRules),
    ...(recorder === 'own' ? ofRecorders : []),
  ];
  const callIn = (region: string) => (action: string) => ({
    action,
    region,
    principalArn,
    resource: madeBy(action, { partition, region, accountId }),
  });
  return [
    ...ofRoles.map(callIn(globalRegions[partition])),
    ...regions.flatMap((region) => regional.map(callIn(region))),
  ];
}

/** What stands for all that a call makes; AWS chooses a part of some names. */
function madeBy(
  action: string,
  { partition, region, accountId }: { partition: Partition; region: string; accountId: string },
): string {
  const [service = ''] = action.split(':');
  if (service === 'iam') return roleArn(accountId, roleNames.read, partition);
  const made: Readonly<Record<string, string>> = {
    cloudformation: 'stack/StackSet-staunch/0123456789abcdef',
    config: /Recorder|Channel/.test(action)
      ? 'configuration-recorder/staunch/0123456789abcdef'
      : 'config-rule/config-rule-staunch',
    events: 'rule/staunch-forward-trail-bucket',
    lambda: `function:${ruleFunctionName}`,
    logs: `log-group:/aws/lambda/${ruleFunctionName}`,
  };
  return `arn:${partition}:${service}:${region}:${accountId}:${made[service] ?? 'staunch'}`;
}

/** Of IAM's calls `aws:RequestedRegion` says this: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
const globalRegions: Readonly<Record<Partition, string>> = {
  aws: 'us-east-1',
  'aws-us-gov': 'us-gov-west-1',
  'aws-cn': 'cn-north-1',
};
