import type { JsonObject } from '../../../../core/json';
import type { Principal } from '../../../../sandbox/gateway/api';
import { decide } from '../../../../sandbox/gateway/authorization/decide';
import { parsePolicy } from '../../../../sandbox/gateway/authorization/policy';
import type { PolicyWords } from './arbitrary-policies';
import { own } from './service-rules';
import { requestsForStrangers, type StrangersRequest, strangersRequests } from './strangers';

/** Who gets in by a policy, as the sandbox's authorization engine decides single requests. */
export interface LetIn {
  /** Some request that a stranger makes himself is allowed. */
  strangers: boolean;
  /** Some request that one of AWS's services makes for a stranger is allowed. */
  forStrangers: boolean;
}

const stranger = '999999999999';
const role = `arn:aws:iam::${stranger}:role/444455556666`;
const nobody: Principal = { kind: 'account', accountId: '', arn: 'anonymous' };
const session: Principal = {
  kind: 'role',
  accountId: stranger,
  arn: `arn:aws:sts::${stranger}:assumed-role/444455556666/AROAEXAMPLE4L7M3NPQRS:x`,
  roleArn: role,
};
const service: Principal = { kind: 'service', accountId: '', arn: 'sns.amazonaws.com' };

/** What a stranger chooses beside who he is and where he calls from, and when he calls. */
const choices: readonly StrangersRequest[] = [
  { 'aws:useragent': 'ours/1.0', 'aws:currenttime': '2026-01-01T00:00:00Z' },
  {
    'aws:useragent': 'theirs/1.0',
    'aws:currenttime': '2026-12-01T00:00:00Z',
    'aws:securetransport': 'false',
  },
];

/**
 * Asks the engine for every request of the enumerations in strangers.ts, of each action, whether the policy allows it to one who may do
 * everything by his own account's policies.
 */
export function letIn(policy: JsonObject, { prefix, actions, arn, isAboutItsPlace }: PolicyWords): LetIn {
  const resourcePolicy = parsePolicy(JSON.stringify(policy), isAboutItsPlace ? 'repository' : 'resource');
  const isAllowed = (principal: Principal, context: StrangersRequest) =>
    actions.some(
      (action) =>
        decide({
          request: {
            principal,
            action: `${prefix}:${action}`,
            resource: arn,
            resourceAccountId: own,
            context: {
              ...context,
              ...(prefix === 'kms' &&
                principal.accountId !== '' && { 'kms:calleraccount': principal.accountId }),
              ...(prefix === 'kms' &&
                'aws:calledvia' in context && { 'kms:viaservice': 's3.eu-west-1.amazonaws.com' }),
            },
          },
          identityPolicies: 'administrator',
          resourcePolicy,
          resourcePolicyRequired: true,
        }).allowed,
    );
  const some = (requests: readonly StrangersRequest[], principalOf: (one: StrangersRequest) => Principal) =>
    requests.some((request) =>
      choices.some((choice) => isAllowed(principalOf(request), { ...request, ...choice })),
    );
  return {
    strangers: some(strangersRequests, (one) => ('aws:principalarn' in one ? session : nobody)),
    forStrangers: some(requestsForStrangers, () => service),
  };
}
