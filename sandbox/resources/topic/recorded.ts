import {
  GetTopicAttributesCommand,
  ListTagsForResourceCommand,
  paginateListTopics,
  SNSClient,
} from '@aws-sdk/client-sns';
import { topicArn } from '../../../resources/topic/ids';
import type { SandboxClientConfiguration } from '../../client-of';
import type { ResourcePlace } from '../../events';
import type { RecordedType, RecordingParts } from '../../services/config/recorded-type';

const resourceType = 'AWS::SNS::Topic';

const operations =
  /^(CreateTopic|DeleteTopic|SetTopicAttributes|AddPermission|RemovePermission|TagResource|UntagResource)$/;

/** Numbers that change with every subscription, and what follows from other attributes; AWS Config does not record them. */
const notRecorded = /^(Subscriptions|EffectiveDeliveryPolicy)/;

/** A client of SNS that calls the sandbox. */
export function snsClient(configuration: SandboxClientConfiguration): SNSClient {
  return new SNSClient(configuration);
}

/** Topics, by their ARN. */
export function topics({ clients }: Pick<RecordingParts, 'clients'>): RecordedType {
  return {
    resourceType,

    async touches({ service, operation, parameters, accountId, region }) {
      if (service !== 'sns' || !operations.test(operation)) return [];
      const { Name, TopicArn, ResourceArn } = parameters;
      const resourceId =
        operation === 'CreateTopic'
          ? topicArn(accountId, region, String(Name))
          : String(TopicArn ?? ResourceArn);
      return [{ accountId, region, resourceType, resourceId, aspects: 'everything' }];
    },

    async list(place) {
      const client = clients.of(place).client(snsClient);
      const arns: string[] = [];
      for await (const { Topics = [] } of paginateListTopics({ client }, {})) {
        arns.push(...Topics.flatMap(({ TopicArn }) => TopicArn ?? []));
      }
      return arns;
    },

    async read(resource) {
      try {
        return await readTopic(resource);
      } catch (error) {
        // That of the attributes, and that of the tags.
        if (error instanceof Error && /^(Resource)?NotFoundException$/.test(error.name)) return undefined;
        throw error;
      }
    },
  };

  async function readTopic({ accountId, region, resourceId }: ResourcePlace) {
    const client = clients.of({ accountId, region }).client(snsClient);
    const [{ Attributes = {} }, { Tags = [] }] = await Promise.all([
      client.send(new GetTopicAttributesCommand({ TopicArn: resourceId })),
      client.send(new ListTagsForResourceCommand({ ResourceArn: resourceId })),
    ]);
    const recorded = Object.entries(Attributes).filter(([attribute]) => !notRecorded.test(attribute));
    return {
      resourceName: resourceId.slice(resourceId.lastIndexOf(':') + 1),
      ARN: resourceId,
      availabilityZone: 'Not Applicable',
      // SNS does not tell it.
      resourceCreationTime: null,
      tags: Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value])),
      relationships: [],
      configuration: Object.fromEntries(recorded),
      supplementaryConfiguration: {},
    };
  }
}
