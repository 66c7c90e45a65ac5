import {
  DescribeImageAttributeCommand,
  ModifyImageAttributeCommand,
  RegisterImageCommand,
} from '@aws-sdk/client-ec2';
import type { Json } from '../../../core/json';
import type { Ec2Permission } from '../../../resources/kit/share-list/ec2-permissions';
import type { AccountClients } from '../../account-clients';
import { type DangerousKind, type PlantingPlace, plantedType, type ResourceKind } from '../kind';

const control = 'ami-public';
const resourceType = 'AWS::EC2::Image';

function harmlessAmi(text: string, permissions: Ec2Permission[]): ResourceKind {
  return {
    resourceType,
    control,
    text,
    plant: (place) => plantAmi(place, permissions),
    planted: () => permissions.map(inWords).sort(),
    read: readPermissions,
  };
}

function dangerousAmi(text: string, before: Ec2Permission[], after: Ec2Permission[]): DangerousKind {
  return { ...harmlessAmi(text, before), healed: () => after.map(inWords).sort(), lossy: false };
}

async function plantAmi({ clients: { ec2 }, name }: PlantingPlace, permissions: Ec2Permission[]) {
  const { ImageId } = await ec2.send(new RegisterImageCommand({ Name: name }));
  if (ImageId === undefined) throw new Error(`The AMI ${name} was made without an id`);
  if (permissions.length > 0) {
    await ec2.send(new ModifyImageAttributeCommand({ ImageId, LaunchPermission: { Add: permissions } }));
  }
  return ImageId;
}

async function readPermissions({ ec2 }: AccountClients, ImageId: string): Promise<Json | undefined> {
  try {
    const { LaunchPermissions = [] } = await ec2.send(
      new DescribeImageAttributeCommand({ ImageId, Attribute: 'launchPermission' }),
    );
    return LaunchPermissions.map(inWords).sort();
  } catch (error) {
    if ((error as Error).name.startsWith('InvalidAMIID.')) return undefined;
    throw error;
  }
}

function inWords({ Group, UserId, OrganizationArn }: { [Name in keyof Ec2Permission]?: string | undefined }) {
  return Group ?? UserId ?? OrganizationArn ?? '';
}

const everybody: Ec2Permission = { Group: 'all' };
const partner: Ec2Permission = { UserId: '444455556666' };
const organization: Ec2Permission = {
  OrganizationArn: 'arn:aws:organizations::444455556666:organization/o-partnerorg',
};

const dangerous = {
  'ami-for-everybody': dangerousAmi('AMI for everybody', [everybody], []),
  'ami-for-everybody-and-partners': dangerousAmi(
    'AMI: all and two partners',
    [everybody, partner, organization],
    [partner, organization],
  ),
} satisfies Record<string, DangerousKind>;

const harmless = {
  'ami-for-nobody': harmlessAmi('an AMI that is not shared', []),
  'ami-for-an-organization': harmlessAmi('an AMI for one organization', [organization]),
} satisfies Record<string, ResourceKind>;

/** AMIs of the scenario. */
export const amis = plantedType({
  dangerous,
  harmless,
  plantings: [
    {
      account: 'playground',
      region: 'us-east-1',
      dangerous: ['ami-for-everybody-and-partners'],
      harmless: ['ami-for-an-organization'],
    },
    {
      account: 'storefront',
      region: 'us-east-1',
      dangerous: ['ami-for-everybody'],
      harmless: ['ami-for-nobody'],
    },
    {
      account: 'analytics',
      region: 'us-east-1',
      dangerous: ['ami-for-everybody-and-partners'],
      harmless: ['ami-for-an-organization'],
    },
  ],
  late: { dangerous: [], harmless: ['ami-for-an-organization'] },
});
