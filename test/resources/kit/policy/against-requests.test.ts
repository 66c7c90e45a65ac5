import * as fc from 'fast-check';
import { confusedDeputies } from '../../../../resources/kit/policy/confused-deputies';
import { publicStatements } from '../../../../resources/kit/policy/public-statements';
import { readPolicy } from '../../../../resources/kit/policy/resource-policy';
import { conditionsHold } from '../../../../sandbox/gateway/authorization/conditions';
import { type Asked, arbitraryConditions } from './arbitrary-policies';
import { rulesWith } from './service-rules';
import { requestsForStrangers, type StrangersRequest, strangersRequests } from './strangers';

/*
 * The model against requests: where a stranger's request would be allowed, as the sandbox's engine compares conditions, the statement
 * is public, or lets in a service whosever request it acts on.
 */

const conditions = arbitraryConditions();

function isAllowed(allow: Asked, denies: readonly Asked[], request: StrangersRequest): boolean {
  const holds = (condition: Asked) =>
    conditionsHold(
      condition,
      { 'aws:useragent': 'theirs/1.0', 'aws:currenttime': '2026-12-01T00:00:00Z', ...request },
      '2012-10-17',
    );
  return holds(allow) && !denies.some(holds);
}

it('calls nothing closed that a stranger can reach', () => {
  let [open, closed] = [0, 0];
  void fc.assert(
    fc.property(conditions, fc.array(conditions, { maxLength: 2 }), (condition, denied) => {
      const statement = {
        Effect: 'Allow',
        Principal: '*',
        Action: 'sqs:SendMessage',
        Resource: '*',
        Condition: condition,
      };
      const denies = denied.map((Condition) => ({ ...statement, Effect: 'Deny', Condition }));
      const policy = readPolicy({ Version: '2012-10-17', Statement: [statement, ...denies] }, 'Policy');
      const isPublic = publicStatements(policy, rulesWith()).length > 0;
      const isDeputy = confusedDeputies(policy, rulesWith()).length > 0;
      const byThemselves = strangersRequests.some((request) => isAllowed(condition, denied, request));
      const byServices = requestsForStrangers.some((request) => isAllowed(condition, denied, request));

      if (byThemselves) expect(isPublic).toBe(true);
      if (byServices) expect(isPublic || isDeputy).toBe(true);
      if (isPublic) open += 1;
      else closed += 1;
    }),
    { seed: 20_261_127, numRuns: 1_000 },
  );
  expect(Math.min(open, closed)).toBeGreaterThan(150);
});
