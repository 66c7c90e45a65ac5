import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  KMSClient,
  ListKeysCommand,
  ListResourceTagsCommand,
} from '@aws-sdk/client-kms';
import { keyIdIn } from '../../../resources/key/ids';
import type { SandboxClientConfiguration } from '../../client-of';
import type { ResourcePlace } from '../../events';
import { parseJsonBody } from '../../gateway/protocols/json';
import type { RecordedType, RecordingParts } from '../../services/config/recorded-type';

const resourceType = 'AWS::KMS::Key';

const operations =
  /^(CreateKey|PutKeyPolicy|EnableKey|DisableKey|ScheduleKeyDeletion|TagResource|UntagResource)$/;

const kms = (configuration: SandboxClientConfiguration) => new KMSClient(configuration);

/** Customer managed keys. AWS documents no form for the policy in an item; it stands where other parts of a key that have calls of their own do. */
export function keys({ clients }: Pick<RecordingParts, 'clients'>): RecordedType {
  return {
    resourceType,

    async touches({ service, operation, parameters, accountId, region }, answer) {
      if (service !== 'kms' || !operations.test(operation)) return [];
      const made =
        operation === 'CreateKey' ? parseJsonBody(Buffer.from(answer.body)).KeyMetadata : undefined;
      const resourceId = keyIdIn(parameters.KeyId ?? (made as { KeyId?: string } | undefined)?.KeyId);
      return resourceId === undefined
        ? []
        : [{ accountId, region, resourceType, resourceId, aspects: 'everything' }];
    },

    async list(place) {
      const client = clients.of(place).client(kms);
      const ids: string[] = [];
      let marker: string | undefined;
      do {
        const { Keys = [], NextMarker } = await client.send(new ListKeysCommand({ Marker: marker }));
        ids.push(...Keys.flatMap(({ KeyId }) => KeyId ?? []));
        marker = NextMarker;
      } while (marker !== undefined);
      return ids;
    },

    async read(resource) {
      try {
        return await readKey(resource);
      } catch (error) {
        if (error instanceof Error && error.name === 'NotFoundException') return undefined;
        throw error;
      }
    },
  };

  async function readKey({ accountId, region, resourceId: KeyId }: ResourcePlace) {
    const client = clients.of({ accountId, region }).client(kms);
    const [{ KeyMetadata }, { Policy = null }, { Tags = [] }] = await Promise.all([
      client.send(new DescribeKeyCommand({ KeyId })),
      client.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' })),
      client.send(new ListResourceTagsCommand({ KeyId })),
    ]);
    const { Arn = '', KeyManager = 'CUSTOMER', KeyState = 'Enabled', CreationDate } = KeyMetadata ?? {};
    return {
      resourceName: KeyId,
      ARN: Arn,
      availabilityZone: 'Not Applicable',
      resourceCreationTime: CreationDate?.toISOString() ?? null,
      tags: Object.fromEntries(Tags.map(({ TagKey = '', TagValue = '' }) => [TagKey, TagValue])),
      relationships: [],
      configuration: {
        arn: Arn,
        keyId: KeyId,
        awsaccountId: accountId,
        keyManager: KeyManager,
        keyState: KeyState,
        enabled: KeyMetadata?.Enabled ?? true,
        description: KeyMetadata?.Description ?? '',
      },
      supplementaryConfiguration: { Policy },
    };
  }
}
