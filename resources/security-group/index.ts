import type { ResourceType } from '../kit/resource-type';
import { applyChanges, isSecurityGroupChange } from './changes';
import { securityGroupFacts } from './facts';
import { securityGroupForms } from './handed-over';
import { type SecurityGroup, securityGroupItems } from './model';
import { shownGroup } from './shown';

/** VPC security groups. */
export const securityGroup: ResourceType<SecurityGroup> = {
  ...securityGroupFacts,
  ...securityGroupItems,
  ...securityGroupForms,
  ...shownGroup,
  applyChanges: (resource, changes) => applyChanges(resource, changes.filter(isSecurityGroupChange)),
};
