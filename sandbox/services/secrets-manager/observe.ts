import { nameKey } from '../../gateway/learned';
import { parseJsonBody } from '../../gateway/protocols/json';
import type { Observe } from '../service';

/** Learns the policies of secrets, and the ARNs that their names stand for. */
export const observe: Observe = ({ operation, parameters, region, accountId }, answer, { learned }) => {
  const p = parameters as Record<string, string | undefined>;
  const { ARN: arn } = parseJsonBody(Buffer.from(answer.body)) as { ARN?: string };
  if (!arn) return;
  if (operation === 'CreateSecret' && p.Name) {
    learned.namedArns.set(nameKey('secretsmanager', accountId, region, p.Name), arn);
  }
  if (operation === 'PutResourcePolicy') learned.setResourcePolicy(arn, p.ResourcePolicy);
  if (operation === 'DeleteResourcePolicy') learned.setResourcePolicy(arn, undefined);
};
