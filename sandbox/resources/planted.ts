import { amis } from './ami/planted';
import { buckets } from './bucket/planted';
import { ebsSnapshots } from './ebs-snapshot/planted';
import { keys } from './key/planted';
import type { PlantedType } from './kind';
import { queues } from './queue/planted';
import { rdsClusterSnapshots } from './rds-cluster-snapshot/planted';
import { rdsSnapshots } from './rds-snapshot/planted';
import { repositories } from './repository/planted';
import { secrets } from './secret/planted';
import { securityGroups } from './security-group/planted';
import { ssmDocuments } from './ssm-document/planted';
import { topics } from './topic/planted';

/** What the scenario plants of each resource type. */
export const plantedTypes: readonly PlantedType[] = [
  securityGroups,
  buckets,
  queues,
  ebsSnapshots,
  amis,
  rdsSnapshots,
  rdsClusterSnapshots,
  ssmDocuments,
  topics,
  repositories,
  secrets,
  keys,
];
