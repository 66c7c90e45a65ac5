import { isText } from '../kit/input';
import { addsNobody } from '../kit/share-list/ec2-trail';
import type { Touched, TrailEvents } from '../kit/trail-events';

/**
 * What CloudTrail records of calls about AMIs. The setting that blocks sharing them with everybody leaves what is shared already as it is,
 * so that nothing is opened by turning it off:
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyImageAttribute.html
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-public-access-to-amis.html
 */
export const amiTrail: TrailEvents = {
  source: 'ec2.amazonaws.com',
  names: ['ModifyImageAttribute', 'ResetImageAttribute'],
  // A new image, and a copy, is shared with nobody.
  opening: ['ModifyImageAttribute'],

  touched(call): Touched | undefined {
    const { imageId: id, attributeType, launchPermission } = call.requestParameters ?? {};
    if (!isText(id) || addsNobody(call, 'launchPermission')) return undefined;
    const isOther =
      launchPermission === undefined && isText(attributeType) && attributeType !== 'launchPermission';
    return isOther ? undefined : { ids: [id] };
  },
};
