import { parseXml } from '../../gateway/protocols/xml';
import type { Trail } from '../service';
import { blockOperations } from './block-public-access';
import { recordedShareChanges } from './share-changes';
import { requestInItems, requestWrapped, responseInItems, responseWrapped } from './trail-forms';

/** Calls that CloudTrail records in EC2's newer form: under a name of their own, by the API's names. */
const wrapped: ReadonlySet<string> = new Set([
  'ModifySecurityGroupRules',
  'CreateManagedPrefixList',
  'ModifyManagedPrefixList',
  'RestoreManagedPrefixListVersion',
  'DeleteManagedPrefixList',
  ...blockOperations,
]);

/**
 * Security groups, by id or name, what is tagged, prefix lists, snapshots and images. EC2 names its errors after whose fault they are:
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
export const trail: Trail = {
  namesOf: ({ parameters: { GroupId, GroupName, ResourceId, PrefixListId, SnapshotId, ImageId } }) =>
    [GroupId, GroupName, ResourceId, PrefixListId, SnapshotId, ImageId].flat(),
  errorCode: (code) => `Client.${code}`,
  requestParameters(call) {
    const { operation, parameters } = call;
    if (wrapped.has(operation)) return { [`${operation}Request`]: requestWrapped(parameters) };
    return recordedShareChanges(call) ?? requestInItems(parameters);
  },
  responseElements({ operation }, { body }) {
    const [response] = Object.values(parseXml(body) ?? {});
    return wrapped.has(operation)
      ? { [`${operation}Response`]: responseWrapped(response) }
      : responseInItems(response);
  },
};
