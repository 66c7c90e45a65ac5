import { DescribeSnapshotsCommand, EC2Client, type EC2ClientConfig } from '@aws-sdk/client-ec2';
import { walkConfiguration } from '../kit/client-configuration';
import type { ShareReads } from '../kit/share-list/adapter';
import { shareOfPermissions } from '../kit/share-list/ec2-permissions';
import { blockOf } from '../kit/share-list/ec2-shared';
import { type SharingBlock, sharedWithNobody } from '../kit/share-list/shared-resource';
import { someLookAtNamed } from '../kit/share-list/trusted';
import { type TypeWalk, walkEach } from '../kit/walk';
import { getBlock, getPermissions } from './calls';
import { type Snapshot, snapshotNames } from './model';

/** From 5 to 1,000: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSnapshots.html */
const snapshotsInPage = 500;

/**
 * Walks EBS snapshots. Which of them are shared with everybody, a list tells; the share list of each takes a call of its own, and is read
 * only where the policy says which accounts it trusts: an account may own many thousand.
 * @param overrides of the EC2 client's configuration
 */
export function snapshotWalk(overrides: EC2ClientConfig = {}): TypeWalk<Snapshot> {
  return {
    resourceType: 'AWS::EC2::Snapshot',
    open({ place: { accountId, region }, credentials, signal, parameterSets = [] }) {
      const client = new EC2Client({ ...walkConfiguration(region, credentials), ...overrides });
      const reads = { client, signal };
      const readsEach = someLookAtNamed(parameterSets);
      let surroundings: Promise<Surroundings> | undefined;
      return {
        async page(token) {
          const { Snapshots = [], NextToken } = await client.send(
            new DescribeSnapshotsCommand({
              OwnerIds: ['self'],
              MaxResults: snapshotsInPage,
              ...(token && { NextToken: token }),
            }),
            { abortSignal: signal },
          );
          surroundings ??= surroundingsOf(reads);
          const { publicIds, blocked } = await surroundings;
          const walked = await walkEach(
            Snapshots.flatMap(({ SnapshotId }) => SnapshotId ?? []),
            async (id): Promise<Snapshot | 'gone'> => {
              const common = { id, accountId, blocked };
              if (!readsEach) {
                const share = { ...sharedWithNobody, everybody: publicIds.has(id) };
                return { ...common, share, unread: 'named' };
              }
              const permissions = await getPermissions({ ...reads, id });
              if (permissions === 'gone') return 'gone';
              return { ...common, share: shareOfPermissions(permissions, 'CreateVolumePermissions') };
            },
          );
          return { walked, isBlocked: blocked !== 'none', ...(NextToken && { next: NextToken }) };
        },
        close: () => client.destroy(),
      };
    },
  };
}

/** What is read once for all snapshots of a walk. */
interface Surroundings {
  /** Those that everybody may create volumes from. */
  publicIds: ReadonlySet<string>;
  blocked: SharingBlock;
}

async function surroundingsOf(reads: ShareReads<EC2Client>): Promise<Surroundings> {
  const [publicIds, { State }] = await Promise.all([publicIdsOf(reads), getBlock(reads)]);
  return { publicIds, blocked: blockOf(State, snapshotNames) };
}

async function publicIdsOf({
  client,
  signal: abortSignal,
}: ShareReads<EC2Client>): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  let token: string | undefined;
  do {
    const page = await client.send(
      new DescribeSnapshotsCommand({
        OwnerIds: ['self'],
        RestorableByUserIds: ['all'],
        MaxResults: snapshotsInPage,
        ...(token && { NextToken: token }),
      }),
      { abortSignal },
    );
    for (const { SnapshotId } of page.Snapshots ?? []) if (SnapshotId !== undefined) ids.add(SnapshotId);
    token = page.NextToken;
  } while (token);
  return ids;
}
