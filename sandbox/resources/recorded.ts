import type { RecordedType, RecordingParts } from '../services/config/recorded-type';
import { accountPublicAccessBlocks } from './bucket/account-public-access-block';
import { buckets } from './bucket/recorded';
import { keys } from './key/recorded';
import { queues } from './queue/recorded';
import { rdsClusterSnapshots } from './rds-cluster-snapshot/recorded';
import { rdsSnapshots } from './rds-snapshot/recorded';
import { repositories } from './repository/recorded';
import { securityGroups } from './security-group/recorded';
import { topics } from './topic/recorded';

/** Everything that the sandbox's AWS Config can record. */
const all: readonly ((parts: RecordingParts) => RecordedType)[] = [
  securityGroups,
  buckets,
  accountPublicAccessBlocks,
  queues,
  rdsSnapshots,
  rdsClusterSnapshots,
  topics,
  repositories,
  keys,
];

/** Makes them. */
export function recordedTypes(parts: RecordingParts): RecordedType[] {
  return all.map((make) => make(parts));
}
