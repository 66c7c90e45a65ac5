import { parseXml, xmlText } from '../../gateway/protocols/xml';
import { lowerFirst } from '../cloudtrail/written';
import type { Trail } from '../service';

/**
 * Topics, by their ARN; messages are data.
 * https://docs.aws.amazon.com/sns/latest/dg/logging-using-cloudtrail.html
 */
export const trail: Trail = {
  namesOf: ({ parameters: { TopicArn, ResourceArn } }) => [TopicArn ?? ResourceArn],
  isData: ({ operation }) => /^Publish/.test(operation),
  requestParameters: ({ parameters }) =>
    Object.fromEntries(
      Object.entries(parameters)
        .filter(([name]) => name !== 'Version')
        .map(([name, value]) => [lowerFirst(name), value]),
    ),
  responseElements({ operation }, { body }) {
    if (operation !== 'CreateTopic') return null;
    return { topicArn: xmlText(parseXml(body), 'CreateTopicResponse', 'CreateTopicResult', 'TopicArn') };
  },
};
