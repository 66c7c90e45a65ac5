import type { Template } from '../template';

const named: Record<string, string> = {
  'AWS::IAM::Group': 'GroupName',
  'AWS::IAM::InstanceProfile': 'InstanceProfileName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::User': 'UserName',
};
const unnamed = ['AWS::IAM::AccessKey', 'AWS::IAM::Policy', 'AWS::IAM::UserToGroupAddition'];

/**
 * Refuses a template that makes IAM resources which its creator did not acknowledge, as CloudFormation does.
 *
 * @throws Error with AWS's words.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStackSet.html
 */
export function requireCapabilities(template: Template, capabilities: readonly string[]): void {
  const resources = Object.values(template.Resources);
  const needsName = resources.some(({ Type, Properties }) => Properties[named[Type] ?? ''] !== undefined);
  const needsIam = resources.some(({ Type }) => Type in named || unnamed.includes(Type));
  if (needsName && !capabilities.includes('CAPABILITY_NAMED_IAM')) {
    throw new Error('InsufficientCapabilities: Requires capabilities : [CAPABILITY_NAMED_IAM]');
  }
  if (needsIam && !capabilities.some((capability) => /^CAPABILITY_(NAMED_)?IAM$/.test(capability))) {
    throw new Error('InsufficientCapabilities: Requires capabilities : [CAPABILITY_IAM]');
  }
}
