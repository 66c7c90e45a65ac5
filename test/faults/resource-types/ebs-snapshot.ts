import { control } from '../../../controls/ebs-snapshot-public';
import { snapshotAdapter } from '../../../resources/ebs-snapshot/adapter';
import type { SharedItem } from '../aws/ec2/shared-items';
import type { InMemoryAws } from '../aws/in-memory-aws';
import type { ResourceType, Variant } from './resource-type';

const id = 'snap-0123456789abcdef0';
const region = 'eu-west-1';
const everybody = { Group: 'all' as const };
const partner = { UserId: '777777777777' };
const friend = { UserId: '888888888888' };
const harmless = { UserId: '999999999999' };

const planted: Record<'simple' | 'several', SharedItem['permissions']> = {
  simple: [partner, everybody],
  several: [friend, everybody, partner],
};

/** EBS snapshots: share lists with everybody and accounts. */
export const ebsSnapshot: ResourceType = {
  name: 'snapshot',
  identity: (accountId) => ({
    accountId,
    region,
    control: control.id,
    resourceType: control.resourceType,
    resourceId: id,
  }),
  adapter: snapshotAdapter(),
  variants: ['simple', 'several'],
  plant(aws, accountId, variant) {
    const permissions = [...plantedOf(variant)];
    aws.ec2.snapshots.create(id, {
      accountId,
      region,
      permissions,
      tags: [{ Key: 'name', Value: 'planted' }],
    });
  },
  edit: {
    worsen: (aws) => changed(aws, (permissions) => withOne(permissions, everybody)),
    mend: (aws) => changed(aws, (permissions) => permissions.filter((one) => !isOpen(one))),
    reopen: (aws) => changed(aws, (permissions) => withOne(permissions, everybody)),
    unrelated: (aws) => changed(aws, (permissions) => withOne(permissions, harmless)),
  },
  dangers: (aws) => there(aws).filter(isOpen).map(inWords),
  state(aws) {
    const item = aws.ec2.snapshots.get(id);
    if (!item) return [];
    return [...there(aws).map(inWords).sort(), ...item.tags.map(({ Key, Value }) => `tag ${Key}=${Value}`)];
  },
  fixed: (variant) => [
    ...plantedOf(variant)
      .filter((one) => !isOpen(one))
      .map(inWords)
      .sort(),
    'tag name=planted',
  ],
  unrelated: [inWords(harmless)],
};

function plantedOf(variant: Variant): SharedItem['permissions'] {
  if (variant !== 'simple' && variant !== 'several')
    throw new Error('Each is taken by itself, and nothing is lost.');
  return planted[variant];
}

function there(aws: InMemoryAws): SharedItem['permissions'] {
  return aws.ec2.snapshots.get(id)?.permissions ?? [];
}

/** @returns whether the owner's edit changed anything */
function changed(
  aws: InMemoryAws,
  edit: (permissions: SharedItem['permissions']) => SharedItem['permissions'],
): boolean {
  const item = aws.ec2.snapshots.get(id);
  if (!item) return false;
  const before = item.permissions.length;
  item.permissions = edit(item.permissions);
  return item.permissions.length !== before;
}

function withOne(
  permissions: SharedItem['permissions'],
  added: SharedItem['permissions'][number],
): SharedItem['permissions'] {
  return permissions.some((one) => inWords(one) === inWords(added)) ? permissions : [...permissions, added];
}

function isOpen({ Group }: SharedItem['permissions'][number]): boolean {
  return Group === 'all';
}

function inWords({ Group, UserId }: SharedItem['permissions'][number]): string {
  return `shared with ${Group ?? UserId}`;
}
