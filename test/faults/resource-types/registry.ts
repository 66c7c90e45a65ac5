import { ami } from './ami';
import { bucket } from './bucket';
import { ebsSnapshot } from './ebs-snapshot';
import { key } from './key';
import { queue } from './queue';
import type { ResourceType } from './resource-type';
import { secret } from './secret';
import { securityGroup } from './security-group';

/** Every resource type that Staunch fixes; each goes through all scenarios. */
export const resourceTypesUnderFaults: readonly ResourceType[] = [
  securityGroup,
  bucket,
  queue,
  ebsSnapshot,
  ami,
  secret,
  key,
];
