import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  GetTopicAttributesCommand,
  PublishCommand,
  paginateListSubscriptionsByTopic,
  SNSClient,
  type Subscription,
} from '@aws-sdk/client-sns';
import type { Gateway } from '../../gateway/api';
import { manyCalls } from '../../many-calls';
import { placeOf } from './buses';

/** What a delivery needs to know of a topic. */
export interface Topic {
  /** As it stands in the topic, and the ARN of that key; absent where the topic is not encrypted. */
  key?: { id: string; arn: string };
  subscriptions: readonly Subscription[];
}

/** Calls that change neither a topic nor a key. */
const changesNothing = /^(Get|List|Describe|Publish)/;

/**
 * The topics that events are delivered to. What was read of one is kept until somebody changes a topic or a key: every compliance
 * change goes to a topic, and asking for the same three things each time is most of what the emulator would do.
 */
export class Topics {
  private readonly read = new Map<string, Promise<Topic>>();
  private readonly clients = new Map<string, SNSClient>();

  constructor(private readonly gateway: Gateway) {
    gateway.afterCall(({ service, operation }) => {
      if ((service === 'sns' || service === 'kms') && !changesNothing.test(operation)) this.read.clear();
    });
  }

  /** How a topic is now. */
  of(arn: string): Promise<Topic> {
    const known = this.read.get(arn);
    if (known !== undefined) return known;
    const reading = this.ask(arn);
    this.read.set(arn, reading);
    // What could not be read is asked for again.
    reading.catch(() => this.read.delete(arn));
    return reading;
  }

  /** Publishes a message, as the owner of the topic. */
  async publish(arn: string, message: string): Promise<void> {
    await this.clientFor(arn).send(new PublishCommand({ TopicArn: arn, Message: message }));
  }

  /** Closes the connections. */
  stop(): void {
    for (const client of this.clients.values()) client.destroy();
    this.clients.clear();
  }

  private async ask(arn: string): Promise<Topic> {
    const client = this.clientFor(arn);
    const { Attributes } = await client.send(new GetTopicAttributesCommand({ TopicArn: arn }));
    const subscriptions: Subscription[] = [];
    for await (const page of paginateListSubscriptionsByTopic({ client }, { TopicArn: arn })) {
      subscriptions.push(...(page.Subscriptions ?? []));
    }
    const id = Attributes?.KmsMasterKeyId;
    return { subscriptions, ...(id && { key: { id, arn: await this.keyArn(id, arn) } }) };
  }

  /** The key that AWS manages for SNS exists in every account; moto does not know it. */
  private async keyArn(keyId: string, topicArn: string): Promise<string> {
    if (keyId === awsManagedKey) return keyId;
    const { accountId, region } = placeOf(topicArn);
    const credentials = this.gateway.administratorOf(accountId);
    const client = new KMSClient({ ...manyCalls, endpoint: this.gateway.endpoint, region, credentials });
    try {
      const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId: keyId }));
      return KeyMetadata?.Arn ?? keyId;
    } finally {
      client.destroy();
    }
  }

  private clientFor(topicArn: string): SNSClient {
    const { accountId, region } = placeOf(topicArn);
    const key = `${accountId}/${region}`;
    const known = this.clients.get(key);
    if (known !== undefined) return known;
    const credentials = this.gateway.administratorOf(accountId);
    const client = new SNSClient({ ...manyCalls, endpoint: this.gateway.endpoint, region, credentials });
    this.clients.set(key, client);
    return client;
  }
}

/** The key that AWS manages for SNS. */
export const awsManagedKey = 'alias/aws/sns';
