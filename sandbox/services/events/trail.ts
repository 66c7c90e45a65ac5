import { lowerFirst } from '../cloudtrail/written';
import type { Trail } from '../service';

/**
 * Rules, by name; events are data, which CloudTrail does not record at all.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/logging-using-cloudtrail.html
 */
export const trail: Trail = {
  namesOf: ({ parameters: { Name } }) => [Name],
  isData: ({ operation }) => operation === 'PutEvents',
  requestParameters: ({ parameters }) =>
    Object.fromEntries(Object.entries(parameters).map(([name, value]) => [lowerFirst(name), value])),
};
