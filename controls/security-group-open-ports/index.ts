import type { CustomControl } from '../control';
import { type SecurityGroup, securityGroupFromConfigurationItem } from '../resources/security-group';
import { evaluate } from './evaluate';
import { type OpenPortsParameters, parametersSchema } from './parameters';
import { fixPermissions, readPermissions } from './permissions';
import { plan } from './plan';
import { undecided } from './undecided';

/** Finds security groups that let the internet in on administrative ports, and closes those ports only. */
export const control: CustomControl<SecurityGroup, OpenPortsParameters> = {
  kind: 'custom',
  id: 'security-group-open-ports',
  title: 'Security group lets the internet in',
  severity: 'critical',
  resourceType: 'AWS::EC2::SecurityGroup',
  parameters: parametersSchema,
  // AWS Config names what changed as in `Configuration.IpPermissions.0`; egress and relationships have names of their
  // own: https://repost.aws/knowledge-center/config-configurationitemdiff
  relevantChanges: ['Configuration.IpPermissions'],
  fromConfigurationItem: securityGroupFromConfigurationItem,
  evaluate,
  undecided,
  plan: (group, _violations, parameters) => plan(group, parameters),
  readPermissions,
  fixPermissions,
};
