import { ami } from './ami';
import { bucket } from './bucket';
import { ebsSnapshot } from './ebs-snapshot';
import { key } from './key';
import { queue } from './queue';
import { rdsClusterSnapshot } from './rds-cluster-snapshot';
import { rdsSnapshot } from './rds-snapshot';
import { repository } from './repository';
import type { ResourceType } from './resource-type';
import { secret } from './secret';
import { securityGroup } from './security-group';
import { ssmDocument } from './ssm-document';
import { topic } from './topic';

/** Every resource type that Staunch fixes; each goes through all scenarios. */
export const resourceTypesUnderFaults: readonly ResourceType[] = [
  securityGroup,
  bucket,
  queue,
  ebsSnapshot,
  ami,
  rdsSnapshot,
  rdsClusterSnapshot,
  ssmDocument,
  topic,
  repository,
  secret,
  key,
];
