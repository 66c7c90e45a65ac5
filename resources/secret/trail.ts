import type { TrailCall } from '../../core/trail-call';
import { isText } from '../kit/input';
import type { Touched, TrailEvents } from '../kit/trail-events';
import { secretIds } from './ids';

/**
 * What CloudTrail records of calls about the policies of secrets. A secret that is made has none:
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/cloudtrail_log_entries.html
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
 */
export const secretTrail: TrailEvents = {
  source: 'secretsmanager.amazonaws.com',
  names: ['PutResourcePolicy', 'DeleteResourcePolicy', 'DeleteSecret', 'RestoreSecret'],
  // A secret that is to be deleted keeps its policy, and nobody can read it until it is restored.
  opening: ['PutResourcePolicy', 'RestoreSecret'],

  touched(call): Touched | undefined {
    if (blocksPublicPolicies(call)) return undefined;
    const id = [
      call.requestParameters?.secretId,
      call.responseElements?.arn,
      call.responseElements?.aRN,
    ].find((one) => isText(one) && secretIds.pattern.test(one));
    // A name does not say in what the ARN ends.
    return isText(id) ? { ids: [id] } : { everyOne: 'in-region' };
  },
};

/** Secrets Manager takes no public policy with this. */
function blocksPublicPolicies({ eventName, requestParameters }: TrailCall): boolean {
  return eventName === 'PutResourcePolicy' && requestParameters?.blockPublicPolicy === true;
}
