import { parseXml, xmlText } from '../../gateway/protocols/xml';
import type { Observe } from '../service';
import { policySetBy } from './policy';
import { readTopicPolicy } from './topic-policy';

/** Learns the policies of topics. */
export const observe: Observe = async (call, answer, { learned, moto }) => {
  const { operation, accountId, region } = call;
  const topicArn =
    operation === 'CreateTopic'
      ? xmlText(parseXml(answer.body), 'CreateTopicResponse', 'CreateTopicResult', 'TopicArn')
      : call.parameters.TopicArn;
  if (typeof topicArn !== 'string') return;
  if (operation === 'DeleteTopic') learned.setResourcePolicy(topicArn, undefined);
  const text = policySetBy(call);
  if (text !== undefined) learned.setResourcePolicy(topicArn, String(text));
  if (operation === 'AddPermission' || operation === 'RemovePermission') {
    learned.setResourcePolicy(topicArn, await readTopicPolicy({ accountId, region, topicArn }, moto));
  }
};
