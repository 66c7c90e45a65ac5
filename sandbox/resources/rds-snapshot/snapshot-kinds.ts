import type { Json } from '../../../core/json';
import type { FixableResourceType } from '../../../resources/resource-types';
import type { AccountClients } from '../../account-clients';
import {
  type DangerousKind,
  type PlantedType,
  type PlantingPlace,
  plantedType,
  type ResourceKind,
} from '../kind';

/** The calls that plant snapshots of one kind, and read them back. */
export interface SnapshotPlanting {
  resourceType: FixableResourceType;
  control: string;
  /** Begins the names of kinds: `rds-snapshot`. */
  prefix: string;
  /** In texts, where there is little room. */
  noun: string;
  /** Makes what a snapshot is made of, and one of it. */
  create(clients: AccountClients, name: string): Promise<void>;
  share(clients: AccountClients, name: string, values: string[]): Promise<void>;
  /** The values of `restore`; it throws where there is no such snapshot. */
  values(clients: AccountClients, name: string): Promise<string[]>;
  /** The name of the error where there is none. */
  missing: string;
}

const partner = '444455556666';

/** Snapshots of the scenario, of instances or of clusters. */
export function plantedSnapshots(planting: SnapshotPlanting): PlantedType {
  const { resourceType, control, prefix, noun } = planting;

  const harmless = (text: string, values: string[]): ResourceKind => ({
    resourceType,
    control,
    text,
    async plant({ clients, name }: PlantingPlace) {
      await planting.create(clients, name);
      if (values.length > 0) await planting.share(clients, name, values);
      return name;
    },
    planted: () => [...values].sort(),
    read: (clients, name) => readValues(planting, clients, name),
  });
  const dangerous = (text: string, before: string[], after: string[]): DangerousKind => ({
    ...harmless(text, before),
    healed: () => [...after].sort(),
    lossy: false,
  });

  return plantedType({
    dangerous: {
      [`${prefix}-for-everybody`]: dangerous(`${noun} for everybody`, ['all', partner], [partner]),
    },
    harmless: { [`${prefix}-for-a-partner`]: harmless(`a ${noun} for one other account`, [partner]) },
    plantings: [
      {
        account: 'playground',
        region: 'eu-west-1',
        dangerous: [`${prefix}-for-everybody`],
        harmless: [`${prefix}-for-a-partner`],
      },
      {
        account: 'storefront',
        region: 'us-east-1',
        dangerous: [`${prefix}-for-everybody`],
        harmless: [`${prefix}-for-a-partner`],
      },
      {
        account: 'analytics',
        region: 'us-east-1',
        dangerous: [`${prefix}-for-everybody`],
        harmless: [`${prefix}-for-a-partner`],
      },
    ],
    late: { dangerous: [], harmless: [] },
  });
}

async function readValues(
  { values, missing }: SnapshotPlanting,
  clients: AccountClients,
  name: string,
): Promise<Json | undefined> {
  try {
    return (await values(clients, name)).sort();
  } catch (error) {
    if ((error as Error).name === missing) return undefined;
    throw error;
  }
}
