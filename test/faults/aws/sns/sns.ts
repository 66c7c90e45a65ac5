import type {
  GetTopicAttributesCommandInput,
  ListTagsForResourceCommandInput,
  ListTopicsCommandInput,
  SetTopicAttributesCommandInput,
} from '@aws-sdk/client-sns';
import type { Authorization } from '../authorization';
import type { Caller, Commands } from '../commands';
import { pageOf } from '../page';
import { Placed } from '../placed';
import { serviceError } from '../service-error';
import { isStorable } from '../stored-policy';

/** A topic as it really is. */
export interface TopicState {
  accountId: string;
  region: string;
  policy: string;
  /** Further attributes, as SNS answers them. */
  attributes: Record<string, string>;
  tags?: Record<string, string> | undefined;
}

/** https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html */
const topicsPerPage = 100;

/**
 * Topics in memory, as SNS answers the calls that read and change who can reach them. Codes, by the names of the SDK's classes:
 * https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html
 */
export class Sns {
  readonly #topics = new Placed<TopicState>();

  constructor(private readonly authorization: Authorization) {}

  /** Makes a topic, or replaces it. */
  createTopic(arn: string, state: TopicState): void {
    this.#topics.set(arn, state);
  }

  /** Deletes a topic. */
  deleteTopic(arn: string): void {
    this.#topics.delete(arn);
  }

  /** A topic as it really is, to be looked at or changed as somebody in the account could; undefined when it is gone. */
  topic(arn: string): TopicState | undefined {
    return this.#topics.get(arn);
  }

  /** What a client of SNS sends. */
  readonly commands: Commands = {
    GetTopicAttributes: ({ TopicArn }: GetTopicAttributesCommandInput, caller: Caller) => {
      const { accountId, policy, attributes } = this.#reached(TopicArn, caller, 'sns:GetTopicAttributes');
      return { Attributes: { ...attributes, TopicArn, Owner: accountId, Policy: policy } };
    },
    SetTopicAttributes: (input: SetTopicAttributesCommandInput, caller: Caller) => {
      const state = this.#reached(input.TopicArn, caller, 'sns:SetTopicAttributes');
      if (input.AttributeName !== 'Policy') throw new Error('The in-memory SNS sets policies alone.');
      const { AttributeValue: policy = '' } = input;
      if (!isStorable(policy)) {
        throw serviceError('SNS', 'InvalidParameterException', 'Invalid parameter: Policy Error');
      }
      state.policy = policy;
      return {};
    },
    ListTopics: ({ NextToken }: ListTopicsCommandInput, caller: Caller) => {
      const { accountId } = this.authorization.check(caller, {
        service: 'SNS',
        action: 'sns:ListTopics',
        resources: ['*'],
        accountId: caller.session?.accountId ?? '',
      });
      const arns = this.#topics.idsIn({ accountId, region: caller.region });
      const { page, next } = pageOf(arns, NextToken, topicsPerPage);
      return { Topics: page.map((TopicArn) => ({ TopicArn })), ...(next && { NextToken: next }) };
    },
    ListTagsForResource: ({ ResourceArn }: ListTagsForResourceCommandInput, caller: Caller) => {
      const { tags = {} } = this.#reached(
        ResourceArn,
        caller,
        'sns:ListTagsForResource',
        'ResourceNotFoundException',
      );
      return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
    },
  };

  /** The topic of a call, once the call is allowed. */
  #reached(arn = '', caller: Caller, action: string, missing = 'NotFoundException'): TopicState {
    const accountId = arn.split(':')[4] ?? '';
    this.authorization.check(caller, { service: 'SNS', action, resources: [arn], accountId });
    const state = this.topic(arn);
    if (state && state.region === caller.region) return state;
    throw serviceError('SNS', missing, 'Topic does not exist', 404);
  }
}
