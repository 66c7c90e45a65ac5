import type { RDSClient, Tag } from '@aws-sdk/client-rds';
import type { JsonObject } from '../../../core/json';
import type { RecordedType, RecordingParts } from '../../services/config/recorded-type';
import { rdsClient } from './clients';

/** An attribute, as RDS answers it. */
interface Attribute {
  AttributeName?: string | undefined;
  AttributeValues?: string[] | undefined;
}

/** What differs between snapshots of instances and of clusters. */
interface SnapshotRecording<Snapshot> {
  resourceType: string;
  /** In names of operations and keys. */
  prefix: 'DBSnapshot' | 'DBClusterSnapshot';
  /** The name of the error where there is none. */
  missing: string;
  /** One, or all. */
  describe(rds: RDSClient, name?: string): Promise<Snapshot[]>;
  attributes(rds: RDSClient, name: string): Promise<Attribute[]>;
  nameOf(snapshot: Snapshot): string | undefined;
  /** Of undefined values nothing is recorded. */
  configuration(snapshot: Snapshot): object;
  placeOf(snapshot: Snapshot): {
    arn: string | undefined;
    createdAt: Date | undefined;
    tags: Tag[] | undefined;
  };
}

/** Snapshots as AWS Config records them: their attributes stand beside the configuration. An id is the name. */
export function recordedSnapshots<Snapshot>(
  { clients }: Pick<RecordingParts, 'clients'>,
  recording: SnapshotRecording<Snapshot>,
): RecordedType {
  const { resourceType, prefix, missing, describe, attributes } = recording;
  const operations = new RegExp(`^(Create|Copy|Delete|Modify)${prefix}(Attribute)?$`);
  const ofTags = /^(AddTagsTo|RemoveTagsFrom)Resource$/;
  const arn = new RegExp(`:${prefix === 'DBSnapshot' ? 'snapshot' : 'cluster-snapshot'}:(.+)$`);

  return {
    resourceType,

    async touches({ service, operation, parameters, accountId, region }) {
      if (service !== 'rds') return [];
      const named = operations.test(operation)
        ? (parameters[`Target${prefix}Identifier`] ?? parameters[`${prefix}Identifier`])
        : ofTags.test(operation)
          ? arn.exec(String(parameters.ResourceName))?.[1]
          : undefined;
      if (typeof named !== 'string') return [];
      return [{ accountId, region, resourceType, resourceId: named.toLowerCase(), aspects: 'everything' }];
    },

    async list(place) {
      const all = await describe(clients.of(place).client(rdsClient));
      return all.flatMap((snapshot) => recording.nameOf(snapshot) ?? []);
    },

    async read({ accountId, region, resourceId }) {
      const rds = clients.of({ accountId, region }).client(rdsClient);
      try {
        const [[snapshot], listed] = await Promise.all([
          describe(rds, resourceId),
          attributes(rds, resourceId),
        ]);
        if (snapshot === undefined) return undefined;
        const { arn: ARN = '', createdAt, tags = [] } = recording.placeOf(snapshot);
        const written = listed.map(({ AttributeName = '', AttributeValues = [] }) => ({
          attributeName: AttributeName,
          attributeValues: AttributeValues,
        }));
        return {
          resourceName: resourceId,
          ARN,
          availabilityZone: 'Not Applicable',
          resourceCreationTime: createdAt?.toISOString() ?? null,
          tags: Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value])),
          relationships: [],
          configuration: JSON.parse(JSON.stringify(recording.configuration(snapshot))) as JsonObject,
          supplementaryConfiguration: { [`${prefix}Attributes`]: written },
        };
      } catch (error) {
        if (error instanceof Error && error.name === missing) return undefined;
        throw error;
      }
    },
  };
}
