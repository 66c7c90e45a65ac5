import type { RDSClient } from '@aws-sdk/client-rds';
import { asWrite, orWhenMissing } from '../../aws-error';
import type { ShareAccess } from '../adapter';
import type { ShareCalls } from '../share-calls';
import type { Sharee } from '../shared-resource';
import { everybodysValue, shareOfAttributes } from './attributes';
import type { SnapshotApi, SnapshotAttribute, SnapshotReads, SnapshotShareChange } from './snapshot-api';
import type { SnapshotNames } from './snapshot-names';

/**
 * What RDS answers to a change that it will never take as it is: of an encrypted snapshot, for an account that there is not any more,
 * or for more accounts than a snapshot may have. The SDK calls a code by the name of its class, where it has one.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBSnapshotAttribute.html
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/CommonErrors.html
 */
const refusals = [
  'InvalidParameterCombination',
  'InvalidParameterCombinationException',
  'InvalidParameterValue',
  'InvalidParameterValueException',
  'SharedSnapshotQuotaExceeded',
  'SharedSnapshotQuotaExceededFault',
];

/** The attributes of a snapshot; `gone` where there is no such snapshot. */
export function attributesOf(api: SnapshotApi, reads: SnapshotReads): Promise<SnapshotAttribute[] | 'gone'> {
  return orWhenMissing(api.attributes(reads), api.missing, 'gone' as const);
}

/** The calls of one snapshot's share list. */
export function snapshotShareCalls(
  api: SnapshotApi,
  names: SnapshotNames,
  access: ShareAccess<RDSClient>,
): ShareCalls {
  const modify = async (change: SnapshotShareChange) => {
    await access.mayWrite();
    await asWrite(api.modify(access, change));
  };
  return {
    async read() {
      const attributes = await attributesOf(api, access);
      return attributes === 'gone' ? 'gone' : shareOfAttributes(attributes, names.list);
    },
    remove: (sharees) => modify({ ValuesToRemove: sharees.map(attributeValueOf) }),
    add: (sharees) => modify({ ValuesToAdd: sharees.map(attributeValueOf) }),
    // A snapshot may be shared with as many accounts: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html
    perCall: 20,
    refusals,
    missing: api.missing,
  };
}

function attributeValueOf(sharee: Sharee): string {
  if ('group' in sharee) return everybodysValue;
  return 'account' in sharee ? sharee.account : sharee.organization;
}
