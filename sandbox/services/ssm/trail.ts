import { lowerFirst } from '../cloudtrail/written';
import type { Trail } from '../service';

/** Fields whose values may be secrets, which CloudTrail leaves out. */
const hidden = ['content', 'value'];

/**
 * Documents, parameters and settings, by name; parameters by the API's names with a small first letter:
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/monitoring-cloudtrail-logs.html
 */
export const trail: Trail = {
  namesOf: ({ parameters: { Name, SettingId } }) => [Name, SettingId],
  requestParameters: ({ parameters }) =>
    Object.fromEntries(
      Object.entries(parameters).map(([key, value]) => {
        const name = lowerFirst(key);
        return [name, hidden.includes(name) ? 'HIDDEN_DUE_TO_SECURITY_REASONS' : value];
      }),
    ),
};
