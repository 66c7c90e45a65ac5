import { isText } from '../kit/input';
import type { TrailEvents } from '../kit/trail-events';

/**
 * What CloudTrail records of sharing documents. A new document is shared with nobody. The setting that blocks public sharing leaves what
 * is shared already as it is, so that nothing is opened by turning it off:
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ModifyDocumentPermission.html
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-ssm-sharing.html#block-public-access
 */
export const documentTrail: TrailEvents = {
  source: 'ssm.amazonaws.com',
  names: ['ModifyDocumentPermission'],
  opening: ['ModifyDocumentPermission'],

  touched({ requestParameters }) {
    const { name, accountIdsToAdd: added, accountIdsToRemove: removed } = requestParameters ?? {};
    if (!isText(name)) return undefined;
    const addsNobody = removed !== undefined && (added === undefined || isEmpty(added));
    return addsNobody ? undefined : { ids: [name.slice(name.lastIndexOf('/') + 1)] };
  },
};

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
