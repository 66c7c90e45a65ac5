import { isText } from '../kit/input';
import type { HandedOverForms } from '../kit/resource-type';
import { groupIds } from './ids';
import { type SecurityGroup, securityGroupFromApi } from './model';

/** How security groups are handed over: elements of DescribeSecurityGroups' answer, and rows of queries. */
export const securityGroupForms: HandedOverForms<SecurityGroup> = {
  fromApi: (answer) => securityGroupFromApi(answer),
  apiId: ({ GroupId }) => GroupId,
  apiList: 'SecurityGroups',
  isApiAnswer: ({ IpPermissions }) => Array.isArray(IpPermissions),
  fits: ({ id, configuration }) =>
    Object.hasOwn(configuration, 'groupId') ||
    Object.hasOwn(configuration, 'ipPermissions') ||
    (id !== undefined && groupIds.pattern.test(id)),
  idIn: ({ groupId }) => groupId,
  withId: (fields, configuration, id) =>
    !isText(configuration.groupId) && Object.hasOwn(fields, 'configuration')
      ? { ...fields, configuration: { ...configuration, groupId: id } }
      : fields,
};
