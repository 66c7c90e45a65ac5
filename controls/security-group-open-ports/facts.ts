import { fixPermissions, readPermissions } from '../../resources/security-group/permissions';
import type { ControlFacts } from '../control';
import { type OpenPortsParameters, parametersSchema } from './parameters';

/** What is known of the control without judging anything by it. */
export const facts: ControlFacts<OpenPortsParameters> = {
  kind: 'custom',
  id: 'security-group-open-ports',
  title: 'security group with prohibited ports open to the internet',
  severity: 'critical',
  resourceType: 'AWS::EC2::SecurityGroup',
  parameters: parametersSchema,
  // AWS Config names what changed as in `Configuration.IpPermissions.0`; egress and relationships have names of their
  // own: https://repost.aws/knowledge-center/config-configurationitemdiff
  relevantChanges: ['Configuration.IpPermissions'],
  readPermissions,
  fixPermissions,
};
