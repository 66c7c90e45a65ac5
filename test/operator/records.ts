import { findingKey } from '../../core/finding';
import type { FindingRecord } from '../../ledger/findings/record';
import { occurrenceRecordKey } from '../../ledger/findings/record-key';
import { type RecordParts, withParts } from '../support/records';

/** What a test says of a finding. */
type Said = Omit<RecordParts, 'identity'> & { identity?: Partial<FindingRecord['identity']> };

/** A finding of the ledger: an open security group in a member account, unless a test says otherwise. */
export function recordOf({ identity: part, ...more }: Said = {}): FindingRecord {
  const identity = {
    accountId: '222222222222',
    region: 'eu-west-1',
    control: 'security-group-open-ports',
    resourceType: 'AWS::EC2::SecurityGroup',
    resourceId: 'sg-0123456789abcdef0',
    ...part,
  };
  const occurrence = more.occurrence ?? 1;
  const record: FindingRecord = {
    finding: findingKey(identity),
    record: occurrenceRecordKey(occurrence),
    version: 1,
    identity,
    occurrence,
    state: 'reported',
    severity: 'critical',
    receivedAt: '2026-11-23T10:00:00.000Z',
    at: '2026-11-23T10:00:02.000Z',
    attempt: 1,
    tries: 0,
    flag: 'off',
    decidedBy: 'organization.yaml:31',
    violations: [{ kind: 'open-port', text: 'Port 22 is open to the internet.', detail: { port: 22 } }],
    pendingReports: {},
  };
  return withParts(record, more);
}

/** A finding about a bucket. */
export function bucketRecord({ identity, ...more }: Said = {}): FindingRecord {
  return recordOf({
    identity: {
      control: 's3-public-access',
      resourceType: 'AWS::S3::Bucket',
      resourceId: 'photos',
      ...identity,
    },
    ...more,
  });
}
