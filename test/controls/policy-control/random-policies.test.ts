import fc from 'fast-check';
import { control as repositories } from '../../../controls/ecr-public-policy';
import { control as topics } from '../../../controls/sns-public-policy';
import type { JsonObject } from '../../../core/json';
import { withChanges } from '../../../resources/kit/policy/holder/apply-changes';
import type { PolicyHolder } from '../../../resources/kit/policy/holder/model';
import { repositoryFromApi } from '../../../resources/repository/model';
import { topicFromApi } from '../../../resources/topic/model';

const seed = 20_261_127;
const accountId = '222222222222';
const own = `arn:aws:iam::${accountId}:root`;
const partners = ['arn:aws:iam::444455556666:root', 'arn:aws:iam::777788889999:role/deployer'];

/** A statement whose meaning is known by how it was made. */
interface Made {
  statement: JsonObject;
  isOpen: boolean;
  /** Whom it names beside everybody. */
  named: string[];
}

const limiting = fc.constantFrom<JsonObject>(
  { StringEquals: { 'AWS:SourceOwner': accountId } },
  { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' } },
  { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::photos' } },
  { IpAddress: { 'aws:SourceIp': '52.95.110.0/24' } },
);
const idle = fc.constantFrom<JsonObject>(
  { Bool: { 'aws:SecureTransport': 'true' } },
  { StringLike: { 'aws:SourceArn': '*' } },
  { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-exampleorg1' } },
);

const made = (Action: string): fc.Arbitrary<Made> =>
  fc
    .record({
      Sid: fc.string({ maxLength: 8 }),
      isForAll: fc.boolean(),
      isDeny: fc.boolean(),
      named: fc.subarray(partners),
      limit: fc.option(limiting, { nil: undefined }),
      idle: fc.option(idle, { nil: undefined }),
    })
    .filter(({ isForAll, named }) => isForAll || named.length > 0)
    .map(({ Sid, isForAll, isDeny, named, limit, idle: other }) => {
      // A Deny that covers others is for another test: this one denies something else.
      const statement = {
        Sid,
        Effect: isDeny ? 'Deny' : 'Allow',
        Principal: isForAll && named.length === 0 ? '*' : { AWS: isForAll ? ['*', ...named] : named },
        Action: isDeny ? 'other:Action' : Action,
        ...((limit ?? other) && { Condition: { ...other, ...limit } }),
      };
      return { statement, isOpen: isForAll && !isDeny && limit === undefined, named };
    });

const types = [
  {
    control: topics,
    action: 'SNS:Publish',
    holder: (Policy: string) =>
      topicFromApi({ Attributes: { TopicArn: `arn:aws:sns:eu-west-1:${accountId}:news`, Policy } }),
    mustHavePolicy: true,
  },
  {
    control: repositories,
    action: 'ecr:BatchGetImage',
    holder: (policyText: string) =>
      repositoryFromApi({ repositoryName: 'images', registryId: accountId, policyText }),
    mustHavePolicy: false,
  },
] as const;

/** What has to be left, by how the statements were made and by nothing of the planner. */
function left(all: readonly Made[], mustHavePolicy: boolean): JsonObject[] {
  const kept = all.flatMap(({ statement, isOpen, named }): JsonObject[] => {
    if (!isOpen) return [statement];
    return named.length === 0 ? [] : [{ ...statement, Principal: { AWS: named } }];
  });
  const [first] = all;
  return kept.length === 0 && mustHavePolicy && first
    ? [{ ...first.statement, Principal: { AWS: own } }]
    : kept;
}

describe.each(types)('random policies by $control.id', ({ control, action, holder, mustHavePolicy }) => {
  it('are found open where they are, lose that and no named principal, and are whole then', () => {
    const parameters = control.parameters.parse({});
    const statements = fc.array(made(action), { minLength: 1, maxLength: 5 });
    void fc.assert(
      fc.property(statements, (all) => {
        const Statement = all.map(({ statement }) => statement);
        const before: PolicyHolder = holder(JSON.stringify({ Version: '2012-10-17', Statement }));
        const isOpen = all.some((one) => one.isOpen);
        const { compliance, violations } = control.evaluate(before, parameters);
        expect(compliance).toBe(isOpen ? 'NON_COMPLIANT' : 'COMPLIANT');
        const plan = control.plan(before, violations, parameters);
        const after = withChanges(before, plan.changes);
        expect(after.policy?.statements ?? []).toEqual(left(all, mustHavePolicy));
        expect(control.plan(after, [], parameters).changes).toEqual([]);
        expect(plan.lossy).toBe(false);
      }),
      { seed, numRuns: 100 },
    );
  });
});
