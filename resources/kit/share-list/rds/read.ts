import type { RDSClient } from '@aws-sdk/client-rds';
import type { Json } from '../../../../core/json';
import { orWhenMissing } from '../../aws-error';
import type { Reading } from '../../live-resource';
import { saidByTags } from '../../tags';
import type { ShareAccess } from '../adapter';
import type { SharedResource } from '../shared-resource';
import { snapshotFromApi } from './model';
import type { SnapshotApi, SnapshotAttribute } from './snapshot-api';
import { attributesOf } from './snapshot-calls';
import type { SnapshotNames } from './snapshot-names';

/**
 * Reads everything that decides who may restore a snapshot, and until when its tag says that it is exempt.
 * @returns `gone` when the account has no such snapshot
 * @throws ResourceInputError when AWS answers what nobody here understands
 */
export async function readSnapshot(
  api: SnapshotApi,
  names: SnapshotNames,
  access: ShareAccess<RDSClient>,
): Promise<Reading<SharedResource> | 'gone'> {
  const [[snapshot], attributes] = await Promise.all([
    orWhenMissing(api.describe(access), api.missing, []),
    attributesOf(api, access),
  ]);
  if (snapshot === undefined || attributes === 'gone') return 'gone';
  const { id = access.id, arn, createdAt, tags = [] } = snapshot;
  const answered = {
    [names.id]: id,
    [names.arn]: arn,
    SnapshotCreateTime: createdAt,
    [names.list]: attributes.map(inOrder),
  };
  // What the SDK answers here is JSON but for a date and undefined values.
  const before = JSON.parse(JSON.stringify(answered)) as Json;
  return { resource: snapshotFromApi(before, names), before, ...saidByTags(tags) };
}

/** RDS promises no order of values, and a state is compared as a whole. */
function inOrder({ AttributeName, AttributeValues = [] }: SnapshotAttribute): SnapshotAttribute {
  return { AttributeName, AttributeValues: [...AttributeValues].sort() };
}
