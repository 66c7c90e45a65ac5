import type { ApiAnswer, ApiCall } from '../../gateway/api';
import type { Learned } from '../../gateway/learned';
import { parseJsonBody } from '../../gateway/protocols/json';
import { OrganizationFacts } from '../organizations/organization-facts';
import type { Quirks } from '../service';
import { EventHistory } from './event-history';
import { OrganizationTrails } from './organization-trails';

/** moto keeps no event history, and shows members none of the organization's trails. */
export const quirks: Quirks = {
  effective,
  standIn({ now, trailOf }) {
    const history = new EventHistory(now, trailOf);
    return {
      operations: ['LookupEvents'],
      answer: async (call) => history.answer(call),
      heard: (call, answer) => history.note(call, answer),
    };
  },
};

/**
 * Adds the organization's trails to those of a member, which sees them and cannot change them.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-trail-organization.html
 */
function effective({ operation, accountId }: ApiCall, answer: ApiAnswer, learned: Learned): ApiAnswer {
  const { managementAccountId, accounts } = learned.of(OrganizationFacts);
  const isMember = accounts.has(accountId) && accountId !== managementAccountId;
  if (operation !== 'DescribeTrails' || answer.status >= 400 || !isMember) return answer;
  const trails = learned.of(OrganizationTrails).all;
  if (trails.length === 0) return answer;
  const { trailList } = parseJsonBody(Buffer.from(answer.body));
  const own = Array.isArray(trailList) ? trailList : [];
  return { ...answer, body: JSON.stringify({ trailList: [...own, ...trails] }) };
}
