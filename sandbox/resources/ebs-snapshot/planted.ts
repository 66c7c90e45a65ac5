import {
  CreateSnapshotCommand,
  CreateVolumeCommand,
  DescribeSnapshotAttributeCommand,
  ModifySnapshotAttributeCommand,
} from '@aws-sdk/client-ec2';
import type { Json } from '../../../core/json';
import type { AccountClients } from '../../account-clients';
import { type DangerousKind, type PlantingPlace, plantedType, type ResourceKind } from '../kind';

const control = 'ebs-snapshot-public';
const resourceType = 'AWS::EC2::Snapshot';

/** Whom a snapshot is shared with: `all`, or an account's id. */
type Sharee = string;

function harmlessSnapshot(text: string, sharees: Sharee[]): ResourceKind {
  return {
    resourceType,
    control,
    text,
    plant: (place) => plantSnapshot(place, sharees),
    planted: () => [...sharees].sort(),
    read: readSharees,
  };
}

function dangerousSnapshot(text: string, before: Sharee[], after: Sharee[]): DangerousKind {
  return { ...harmlessSnapshot(text, before), healed: () => [...after].sort(), lossy: false };
}

async function plantSnapshot({ clients: { ec2, region }, name }: PlantingPlace, sharees: Sharee[]) {
  const { VolumeId } = await ec2.send(new CreateVolumeCommand({ AvailabilityZone: `${region}a`, Size: 1 }));
  const { SnapshotId } = await ec2.send(new CreateSnapshotCommand({ VolumeId, Description: name }));
  if (SnapshotId === undefined) throw new Error(`The snapshot ${name} was made without an id`);
  const accounts = sharees.filter((sharee) => sharee !== 'all');
  const list = { SnapshotId, Attribute: 'createVolumePermission' as const, OperationType: 'add' as const };
  if (sharees.length > 0) {
    await ec2.send(
      new ModifySnapshotAttributeCommand({
        ...list,
        ...(sharees.includes('all') && { GroupNames: ['all'] }),
        ...(accounts.length > 0 && { UserIds: accounts }),
      }),
    );
  }
  return SnapshotId;
}

async function readSharees({ ec2 }: AccountClients, SnapshotId: string): Promise<Json | undefined> {
  try {
    const { CreateVolumePermissions = [] } = await ec2.send(
      new DescribeSnapshotAttributeCommand({ SnapshotId, Attribute: 'createVolumePermission' }),
    );
    return CreateVolumePermissions.map(({ Group, UserId }) => Group ?? UserId ?? '').sort();
  } catch (error) {
    if ((error as Error).name === 'InvalidSnapshot.NotFound') return undefined;
    throw error;
  }
}

const partner = '444455556666';

const dangerous = {
  'snapshot-for-everybody': dangerousSnapshot('snapshot for everybody', ['all'], []),
  'snapshot-for-everybody-and-a-partner': dangerousSnapshot(
    'snapshot: all and a partner',
    ['all', partner],
    [partner],
  ),
} satisfies Record<string, DangerousKind>;

const harmless = {
  'snapshot-for-nobody': harmlessSnapshot('a snapshot that is not shared', []),
  'snapshot-for-a-partner': harmlessSnapshot('a snapshot for one other account', [partner]),
} satisfies Record<string, ResourceKind>;

/** EBS snapshots of the scenario. */
export const ebsSnapshots = plantedType({
  dangerous,
  harmless,
  plantings: [
    {
      account: 'playground',
      region: 'eu-west-1',
      dangerous: ['snapshot-for-everybody-and-a-partner'],
      harmless: ['snapshot-for-a-partner'],
    },
    {
      account: 'storefront',
      region: 'us-east-1',
      dangerous: ['snapshot-for-everybody'],
      harmless: ['snapshot-for-nobody'],
    },
    {
      account: 'analytics',
      region: 'us-east-1',
      dangerous: ['snapshot-for-everybody-and-a-partner'],
      harmless: ['snapshot-for-a-partner'],
    },
  ],
  late: { dangerous: [], harmless: ['snapshot-for-a-partner'] },
});
