import type { Json, JsonObject } from '../../../core/json';
import type { Example, TypeExamples } from './examples';

const control = 'ebs-snapshot-public';
const SnapshotId = 'snap-0123456789abcdef0';
const partner = { UserId: '444455556666' };
const everybody = { Group: 'all' };

const snapshot = (
  CreateVolumePermissions: Json[],
  more: JsonObject = {},
  parameters?: JsonObject,
): Example => ({
  control,
  ...(parameters && { parameters }),
  answer: () => ({
    SnapshotId,
    OwnerId: '222222222222',
    StartTime: '2026-01-01T00:00:00.000Z',
    CreateVolumePermissions,
    BlockPublicAccess: { State: 'unblocked' },
    ...more,
  }),
});

/** EBS snapshots. No words of strangers are part of what decides. */
export const ebsSnapshotExamples: TypeExamples = {
  ids: () => [SnapshotId, 'snap-01234567'],
  longestId: () => `snap-${'f'.repeat(17)}`,
  noIds: [
    'snap-0123',
    'snap-0123456789abcdef01',
    'snap-*',
    'SNAP-0123456789ABCDEF0',
    'arn:aws:ec2:eu-west-1::snapshot/snap-0123456789abcdef0',
    'ami-0123456789abcdef0',
  ],
  dangers: {
    'shared with everybody': snapshot([everybody]),
    'shared with everybody and accounts': snapshot([partner, everybody, { UserId: '777777777777' }]),
    'shared with everybody before new sharing was blocked': snapshot([everybody], {
      BlockPublicAccess: { State: 'block-new-sharing' },
    }),
    'what the aws command line prints': {
      control,
      answer: () => ({ SnapshotId, CreateVolumePermissions: [everybody] }),
    },
    'shared with an account that is not trusted': snapshot(
      [partner, { UserId: '777777777777' }],
      {},
      { trustedAccounts: ['444455556666'] },
    ),
  },
  neighbours: {
    'shared with nobody': snapshot([]),
    'shared with accounts': snapshot([partner, { UserId: '777777777777' }]),
    'shared with everybody, of which all is blocked': snapshot([everybody], {
      BlockPublicAccess: { State: 'block-all-sharing', ManagedBy: 'declarative-policy' },
    }),
    'shared with trusted accounts and its own': snapshot(
      [partner, { UserId: '222222222222' }],
      {},
      { trustedAccounts: ['444455556666'] },
    ),
  },
};
