import type { CustomControl } from '../../../controls/control';
import type { Adapter } from '../../../resources/kit/live-resource';
import type { SharedItem, SharedItems } from '../aws/ec2/shared-items';
import type { InMemoryAws } from '../aws/in-memory-aws';
import type { ResourceType, Variant } from './resource-type';

type Permissions = SharedItem['permissions'];

/** What differs between types that EC2 shares. */
interface SharedType {
  name: string;
  id: string;
  control: CustomControl;
  adapter: Adapter;
  itemsOf(aws: InMemoryAws): SharedItems;
  /** Whoever is named beside everybody. */
  named: Permissions;
}

const region = 'eu-west-1';
const everybody = { Group: 'all' as const };
const partner = { UserId: '777777777777' };
const harmless = { UserId: '999999999999' };

/** A type that EC2 shares, for the scenarios: share lists with everybody and others. */
export function sharedByEc2({ name, id, control, adapter, itemsOf, named }: SharedType): ResourceType {
  const planted: Record<'simple' | 'several', Permissions> = {
    simple: [partner, everybody],
    several: [...named, everybody, partner],
  };
  const plantedOf = (variant: Variant): Permissions => {
    if (variant === 'simple' || variant === 'several') return planted[variant];
    throw new Error('Each on a share list is taken by itself, and nothing else with it.');
  };
  const there = (aws: InMemoryAws): Permissions => itemsOf(aws).get(id)?.permissions ?? [];
  /** @returns whether the owner's edit changed anything */
  const changed = (aws: InMemoryAws, edit: (permissions: Permissions) => Permissions): boolean => {
    const item = itemsOf(aws).get(id);
    if (!item) return false;
    const before = item.permissions.length;
    item.permissions = edit(item.permissions);
    return item.permissions.length !== before;
  };
  return {
    name,
    identity: (accountId) => ({
      accountId,
      region,
      control: control.id,
      resourceType: control.resourceType,
      resourceId: id,
    }),
    adapter,
    variants: ['simple', 'several'],
    plant(aws, accountId, variant) {
      const tags = [{ Key: 'name', Value: 'planted' }];
      itemsOf(aws).create(id, { accountId, region, permissions: [...plantedOf(variant)], tags });
    },
    edit: {
      worsen: (aws) => changed(aws, (permissions) => withOne(permissions, everybody)),
      mend: (aws) => changed(aws, (permissions) => permissions.filter((one) => !isOpen(one))),
      reopen: (aws) => changed(aws, (permissions) => withOne(permissions, everybody)),
      unrelated: (aws) => changed(aws, (permissions) => withOne(permissions, harmless)),
    },
    dangers: (aws) => there(aws).filter(isOpen).map(inWords),
    state(aws) {
      const item = itemsOf(aws).get(id);
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
}

function withOne(permissions: Permissions, added: Permissions[number]): Permissions {
  return permissions.some((one) => inWords(one) === inWords(added)) ? permissions : [...permissions, added];
}

function isOpen({ Group }: Permissions[number]): boolean {
  return Group === 'all';
}

function inWords({ Group, UserId, OrganizationArn, OrganizationalUnitArn }: Permissions[number]): string {
  return `shared with ${Group ?? UserId ?? OrganizationArn ?? OrganizationalUnitArn}`;
}
