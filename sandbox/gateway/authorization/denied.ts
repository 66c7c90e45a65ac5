import type { Decision } from '../api';
import type { StatementRequest } from './statement';

/**
 * A refusal, in the sentence that AWS answers: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 * @param why `with an explicit deny in …`, or `because no … allows`
 */
export function denied(
  request: Pick<StatementRequest, 'principal' | 'action' | 'resource'>,
  why: string,
): Decision {
  const { principal, action, resource } = request;
  const ending = why.startsWith('because') ? ` the ${action} action` : '';
  return {
    allowed: false,
    reason: `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${resource} ${why}${ending}`,
  };
}
