import { fieldsOf, listOf, notUnderstood, textOf } from '../input';
import type { Sharee, ShareList } from './shared-resource';

/** An element of EC2's lists of permissions. */
export type Ec2Permission = {
  Group?: 'all';
  UserId?: string;
  OrganizationArn?: string;
  OrganizationalUnitArn?: string;
};

/**
 * Reads a list of permissions as EC2 answers it of a snapshot or an AMI:
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolumePermission.html
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_LaunchPermission.html
 * @throws ResourceInputError when it cannot be understood
 */
export function shareOfPermissions(permissions: unknown, where: string): ShareList {
  const sharees = listOf(permissions, where).flatMap((each, index) => shareesIn(each, `${where}[${index}]`));
  return {
    everybody: sharees.some((sharee) => 'group' in sharee),
    accounts: sharees.flatMap((sharee) => ('account' in sharee ? [sharee.account] : [])),
    organizations: sharees.flatMap((sharee) => ('organization' in sharee ? [sharee.organization] : [])),
  };
}

/** The same the other way round. */
export function permissionOf(sharee: Sharee): Ec2Permission {
  if ('group' in sharee) return { Group: 'all' };
  if ('account' in sharee) return { UserId: sharee.account };
  const { organization } = sharee;
  return /:ou\//.test(organization)
    ? { OrganizationalUnitArn: organization }
    : { OrganizationArn: organization };
}

/** Those whom one element names: one of them, as EC2 writes it, and never less than it says. */
function shareesIn(permission: unknown, where: string): Sharee[] {
  const { Group, UserId, OrganizationArn, OrganizationalUnitArn } = fieldsOf(permission, where);
  // EC2 knows no other group; whoever another one lets in is not known here.
  if (isThere(Group) && Group !== 'all') throw notUnderstood(`${where}.Group`, 'all', Group);
  const sharees: Sharee[] = [
    ...(isThere(Group) ? [{ group: 'all' as const }] : []),
    ...(isThere(UserId) ? [{ account: textOf(UserId, `${where}.UserId`) }] : []),
    ...[OrganizationArn, OrganizationalUnitArn]
      .filter(isThere)
      .map((arn) => ({ organization: textOf(arn, `${where}.OrganizationArn`) })),
  ];
  if (sharees.length === 0) throw notUnderstood(where, 'a permission', permission);
  return sharees;
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}
