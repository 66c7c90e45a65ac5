import { GetPublicAccessBlockCommand } from '@aws-sdk/client-s3-control';
import type { ResourcePlace } from '../../events';
import type { RecordedType, RecordingParts } from '../../services/config/recorded-type';
import { publicAccessBlockConfiguration } from './configuration';

const resourceType = 'AWS::S3::AccountPublicAccessBlock';

/**
 * An account's own public access block. Its id is the account's. It counts in every Region: AWS Config records a change where
 * the call was made, and elsewhere when it looks the next time; here at once everywhere.
 * https://docs.aws.amazon.com/config/latest/developerguide/s3-account-level-public-access-blocks.html
 */
export function accountPublicAccessBlocks({ clients, placesOf }: RecordingParts): RecordedType {
  return {
    resourceType,

    async touches(call) {
      if (call.service !== 's3-control' || !/^(Put|Delete)PublicAccessBlock$/.test(call.operation)) return [];
      return placesOf(call.accountId).map((place) => ({
        ...place,
        resourceType,
        resourceId: call.accountId,
        aspects: 'everything',
      }));
    },

    async list(place) {
      const resource = { ...place, resourceType, resourceId: place.accountId };
      return (await read(resource)) === undefined ? [] : [place.accountId];
    },

    async read(resource) {
      const block = await read(resource);
      if (block === undefined) return undefined;
      return {
        resourceName: null,
        ARN: `arn:aws:s3:::${resource.accountId}`,
        availabilityZone: 'Not Applicable',
        resourceCreationTime: null,
        tags: {},
        relationships: [],
        configuration: publicAccessBlockConfiguration(block),
        supplementaryConfiguration: {},
      };
    },
  };

  async function read(resource: ResourcePlace) {
    try {
      const { PublicAccessBlockConfiguration } = await clients
        .of(resource)
        .s3Control.send(new GetPublicAccessBlockCommand({ AccountId: resource.accountId }));
      return PublicAccessBlockConfiguration;
    } catch (error) {
      if (error instanceof Error && error.name === 'NoSuchPublicAccessBlockConfiguration') return undefined;
      throw error;
    }
  }
}
