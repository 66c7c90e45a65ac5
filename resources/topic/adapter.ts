import { SNSClient, type SNSClientConfig } from '@aws-sdk/client-sns';
import { clientConfiguration } from '../kit/client-configuration';
import { type Adapter, settlesInSeconds } from '../kit/live-resource';
import { holderAdapter } from '../kit/policy/holder/adapter';
import { getAttributes, putPolicy } from './calls';
import { topicKind } from './kind';
import type { Topic } from './model';
import { readTopic } from './read';

/**
 * Reads and changes topics.
 * @param overrides of the SNS client's configuration
 */
export function topicAdapter(overrides: SNSClientConfig = {}): Adapter<Topic> {
  return holderAdapter(topicKind, ({ finding, credentials, signal, mayWrite }) => {
    const client = new SNSClient({ ...clientConfiguration(finding.region, credentials), ...overrides });
    const access = { client, arn: finding.resourceId, signal, mayWrite };
    return {
      settling: settlesInSeconds,
      read: () => readTopic(access),
      readPolicy: async () => (await getAttributes(access)).Attributes.Policy,
      writePolicy: (policy) => putPolicy(access, policy),
      close: () => client.destroy(),
    };
  });
}

/** The name by which the type's remediation function finds it. */
export { topicAdapter as adapter };
