import {
  AuthorizeSecurityGroupIngressCommand,
  CreateManagedPrefixListCommand,
  CreateSecurityGroupCommand,
  DescribeSecurityGroupsCommand,
  ModifyManagedPrefixListCommand,
} from '@aws-sdk/client-ec2';
import type { AccountClients } from '../../sandbox/account-clients';

/** A security group that lets an account's own prefix list in by SSH. */
export interface GroupWithList {
  groupId: string;
  listId: string;
}

/** Makes a group that lets in a list which holds nothing yet: nobody is let in. */
export async function groupWithEmptyList({ ec2 }: AccountClients, name: string): Promise<GroupWithList> {
  const { PrefixList } = await ec2.send(
    new CreateManagedPrefixListCommand({ PrefixListName: name, MaxEntries: 5, AddressFamily: 'IPv4' }),
  );
  const listId = PrefixList?.PrefixListId ?? '';
  const { GroupId: groupId = '' } = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName: name, Description: name }),
  );
  const ssh = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, PrefixListIds: [{ PrefixListId: listId }] };
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: groupId, IpPermissions: [ssh] }));
  return { groupId, listId };
}

/** Lets everybody in by the list alone: nothing about the group itself changes. */
export async function openList(
  { ec2 }: AccountClients,
  { listId }: GroupWithList,
  ...cidrs: string[]
): Promise<void> {
  await ec2.send(
    new ModifyManagedPrefixListCommand({
      PrefixListId: listId,
      CurrentVersion: 1,
      AddEntries: cidrs.map((Cidr) => ({ Cidr })),
    }),
  );
}

/** The prefix lists that a group lets in. */
export async function listsOf({ ec2 }: AccountClients, { groupId }: GroupWithList): Promise<string[]> {
  const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [groupId] }));
  return (SecurityGroups?.[0]?.IpPermissions ?? []).flatMap(({ PrefixListIds = [] }) =>
    PrefixListIds.map(({ PrefixListId = '' }) => PrefixListId),
  );
}
