import { UnsupportedError } from '../../failures';
import { parseXml, xmlText } from '../../gateway/protocols/xml';
import type { Observe } from '../service';

/** Learns the policies of topics. */
export const observe: Observe = ({ operation, parameters }, answer, { learned }) => {
  const p = parameters as Record<string, string | undefined>;
  if (operation === 'CreateTopic') {
    const arn = xmlText(parseXml(answer.body), 'CreateTopicResponse', 'CreateTopicResult', 'TopicArn');
    const policy = (parameters.Attributes as Record<string, string> | undefined)?.Policy;
    if (arn && policy) learned.setResourcePolicy(arn, policy);
  }
  if (operation === 'SetTopicAttributes' && p.AttributeName === 'Policy' && p.TopicArn) {
    learned.setResourcePolicy(p.TopicArn, p.AttributeValue);
  }
  if (operation === 'DeleteTopic' && p.TopicArn) learned.setResourcePolicy(p.TopicArn, undefined);
  if (operation === 'AddPermission') {
    throw new UnsupportedError(
      'SNS AddPermission is not followed. Set the topic’s Policy attribute instead.',
    );
  }
};
