import type { ApiAnswer, ApiCall } from '../../gateway/api';
import type { Learned } from '../../gateway/learned';
import { ApiError } from '../../gateway/protocols/errors';
import { parseXml, xmlAt } from '../../gateway/protocols/xml';
import type { Quirks } from '../service';

/** Snapshots that are encrypted, by their ARN: with everybody RDS does not share them. */
export class EncryptedSnapshots {
  readonly arns = new Set<string>();
}

/** What RDS does and moto does not: it refuses to share an encrypted snapshot with everybody. */
export const quirks: Quirks = { check };

/**
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html
 * @throws ApiError as RDS would answer
 */
function check(call: ApiCall, learned: Learned): void {
  const { operation, parameters } = call;
  if (!/^ModifyDB(Cluster)?SnapshotAttribute$/.test(operation)) return;
  const { ValuesToAdd: added, DBSnapshotIdentifier, DBClusterSnapshotIdentifier } = parameters;
  const values = (added as { AttributeValue?: string[] } | undefined)?.AttributeValue ?? [];
  const name = String(DBSnapshotIdentifier ?? DBClusterSnapshotIdentifier);
  if (!values.includes('all') || !learned.of(EncryptedSnapshots).arns.has(keyOf(call, name))) return;
  throw new ApiError(
    'InvalidParameterValue',
    "You can't share an encrypted snapshot with everybody: AWS accounts have to be named.",
  );
}

/** Learns of each snapshot that is made whether it is encrypted. */
export function learnEncrypted(call: ApiCall, answer: ApiAnswer, learned: Learned): void {
  if (!/^(Create|Copy)DB(Cluster)?Snapshot$/.test(call.operation)) return;
  const { operation } = call;
  const kind = operation.includes('Cluster') ? 'DBClusterSnapshot' : 'DBSnapshot';
  const made = xmlAt(parseXml(answer.body), `${operation}Response`, `${operation}Result`, kind);
  const {
    [`${kind}Identifier`]: name,
    Encrypted,
    StorageEncrypted,
  } = (made ?? {}) as Record<string, unknown>;
  const isEncrypted = Encrypted === 'true' || StorageEncrypted === 'true';
  if (isEncrypted) learned.of(EncryptedSnapshots).arns.add(keyOf(call, String(name)));
}

function keyOf({ accountId, region, operation }: ApiCall, name: string): string {
  return `${accountId} ${region} ${operation.includes('Cluster') ? 'cluster' : 'database'} ${name}`;
}
