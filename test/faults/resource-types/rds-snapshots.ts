import type { CustomControl } from '../../../controls/control';
import type { Adapter } from '../../../resources/kit/live-resource';
import type { InMemoryAws } from '../aws/in-memory-aws';
import type { SnapshotState, Snapshots } from '../aws/rds/snapshots';
import type { ResourceType, Variant } from './resource-type';

/** What differs between snapshots of instances and of clusters. */
interface RdsType {
  name: string;
  control: CustomControl;
  adapter: Adapter;
  snapshotsOf(aws: InMemoryAws): Snapshots;
}

const region = 'eu-west-1';
const id = 'orders-before-upgrade';
const partner = '777777777777';
const harmless = '999999999999';

/** Snapshots of RDS, for the scenarios: share lists with everybody and accounts. */
export function sharedByRds({ name, control, adapter, snapshotsOf }: RdsType): ResourceType {
  let account = '';
  const planted: Partial<Record<Variant, string[]>> = {
    simple: [partner, 'all'],
    several: ['888888888888', 'all', partner],
  };
  const plantedOf = (variant: Variant): string[] => {
    const values = planted[variant];
    if (values) return values;
    throw new Error('Each on a share list is taken by itself, and nothing else with it.');
  };
  const stateIn = (aws: InMemoryAws): SnapshotState | undefined =>
    snapshotsOf(aws).get(id, { accountId: account, region });
  /** @returns whether the owner's edit changed anything */
  const changed = (aws: InMemoryAws, edit: (values: string[]) => string[]): boolean => {
    const snapshot = stateIn(aws);
    if (!snapshot) return false;
    const before = snapshot.values.length;
    snapshot.values = edit(snapshot.values);
    return snapshot.values.length !== before;
  };
  const withOne = (added: string) => (values: string[]) => [...new Set([...values, added])];
  const isNamed = (value: string) => value !== 'all';
  const inWords = (value: string) => `shared with ${value}`;
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
      account = accountId;
      const tags = [{ Key: 'name', Value: 'planted' }];
      snapshotsOf(aws).create(id, { accountId, region, values: [...plantedOf(variant)], tags });
    },
    edit: {
      worsen: (aws) => changed(aws, withOne('all')),
      mend: (aws) => changed(aws, (values) => values.filter(isNamed)),
      reopen: (aws) => changed(aws, withOne('all')),
      unrelated: (aws) => changed(aws, withOne(harmless)),
    },
    dangers: (aws) => (stateIn(aws)?.values ?? []).filter((value) => !isNamed(value)).map(inWords),
    state(aws) {
      const snapshot = stateIn(aws);
      if (!snapshot) return [];
      return [
        ...snapshot.values.map(inWords).sort(),
        ...snapshot.tags.map(({ Key, Value }) => `tag ${Key}=${Value}`),
      ];
    },
    fixed: (variant) => [...plantedOf(variant).filter(isNamed).map(inWords).sort(), 'tag name=planted'],
    unrelated: [inWords(harmless)],
  };
}
