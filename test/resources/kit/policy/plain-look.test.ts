import * as fc from 'fast-check';
import { ResourceInputError } from '../../../../core/errors';
import type { JsonObject } from '../../../../core/json';
import { limitingKeys, sourceKeys } from '../../../../resources/kit/policy/condition-keys';
import { rulesOf } from '../../../../resources/kit/policy/document-rules';
import { jsonLength } from '../../../../resources/kit/policy/doubled-names';
import { plainLook } from '../../../../resources/kit/policy/plain-look';
import { publicStatements, publicStatementsIn } from '../../../../resources/kit/policy/public-statements';
import { type ResourcePolicy, readPolicy } from '../../../../resources/kit/policy/resource-policy';

const rules = rulesOf({ service: 'SQS', prefix: 'sqs', keys: limitingKeys, sourceKeys });

/** Mostly what an element may be, and sometimes what it may not be. */
const mostly = (usual: readonly unknown[], odd: readonly unknown[]) =>
  fc.oneof(
    { weight: 30, arbitrary: fc.constantFrom(...usual) },
    { weight: 1, arbitrary: fc.constantFrom(...odd) },
  );
const names = (usual: readonly string[], odd: readonly string[]) =>
  mostly(usual, odd) as fc.Arbitrary<string>;
const named = mostly(['*', 'arn:aws:iam::444455556666:root', 'arn:aws:iam::4*:root'], ['', 7, null]);
const principal = fc.oneof(
  { weight: 5, arbitrary: named },
  {
    weight: 20,
    arbitrary: fc.dictionary(
      names(['AWS', 'Service', 'Federated', '*'], ['__proto__']),
      fc.oneof(named, fc.array(named, { maxLength: 3 })),
      { maxKeys: 2 },
    ),
  },
  { weight: 1, arbitrary: fc.array(named, { maxLength: 2 }) },
);
const compared = mostly(
  [
    ...['444455556666', '*', 'true', true, false, 3600, 1e21, 'a "quoted" one', '10.0.0.0/8', '0.0.0.0/0'],
    ...[['444455556666'], ['444455556666', '4*'], [], [true, 'x']],
  ],
  [null, [null], { a: 'b' }],
);
const asked = fc.dictionary(
  names(['aws:PrincipalAccount', 'aws:SourceArn', 'aws:SourceIp', 'Other'], ['AWS:principalaccount']),
  compared,
  { maxKeys: 3 },
);
const condition = fc.dictionary(
  names(['StringEquals', 'ArnLike', 'IpAddress', 'Bool', 'Null'], ['stringequals']),
  fc.oneof({ weight: 30, arbitrary: asked }, { weight: 1, arbitrary: compared }),
  { maxKeys: 2 },
);
const plainStatement = fc.record(
  {
    Sid: mostly(['One', 'Ümlaut', 'a\\b'], [5]),
    Effect: mostly(['Allow', 'Allow', 'Deny'], ['allow', null]),
    Principal: principal,
    Action: mostly(['sqs:*', 'sqs:SendMessage', ['sqs:SendMessage', 'sqs:*']], [[['deep']], {}]),
    Resource: mostly(['*', 'arn:aws:sqs:eu-west-1:111122223333:orders', []], [null]),
    Condition: condition,
  },
  { requiredKeys: ['Effect', 'Principal', 'Action'] },
);
const oddPart = fc.oneof(
  fc.record({ NotPrincipal: principal }),
  mostly([{ Note: 'x' }, { condition: {} }, { principal: '*' }], [{ Condition: null }]),
) as fc.Arbitrary<object>;
const statement = fc.oneof(
  { weight: 30, arbitrary: plainStatement },
  { weight: 1, arbitrary: fc.tuple(plainStatement, oddPart).map(([plain, odd]) => ({ ...plain, ...odd })) },
  { weight: 1, arbitrary: named },
);
const policy = fc.record(
  {
    Version: mostly(['2012-10-17'], [2012]),
    Id: fc.string({ maxLength: 5 }),
    Statement: fc.oneof(
      { weight: 9, arbitrary: fc.array(statement, { maxLength: 3 }) },
      { weight: 1, arbitrary: statement },
    ),
  },
  { requiredKeys: ['Statement'] },
);

it('tells of a policy, in one pass, what the exact reading tells, or nothing', () => {
  let plain = 0;
  let open = 0;
  void fc.assert(
    fc.property(policy, (document) => {
      const text = JSON.stringify(document);
      const exact = exactly(text);
      const found = publicStatementsIn(text, rules);
      if (found === undefined) return;
      plain += 1;
      if (found.length > 0) open += 1;
      expect(found).toEqual(exact && publicStatements(exact, rules));
      expect(publicStatementsIn(JSON.parse(text) as JsonObject, rules)).toEqual(found);
    }),
    { numRuns: 10_000, seed: 20_261_128 },
  );

  expect(plain).toBeGreaterThan(4_000);
  expect(open).toBeGreaterThan(1_000);
});

it('counts the length of a policy as it would be written, where it holds no numbers', () => {
  void fc.assert(
    fc.property(policy, (document) => {
      const read = JSON.parse(JSON.stringify(document)) as JsonObject;
      const look = plainLook(read);
      if (look !== undefined) expect(look.length).toBe(jsonLength(read));
    }),
    { numRuns: 10_000, seed: 20_261_129 },
  );
});

/** Undefined where it is not understood. */
function exactly(text: string): ResourcePolicy | undefined {
  try {
    // Another text than the one of the look: what was read last is not read again.
    return readPolicy(`${text} `, 'Policy');
  } catch (error) {
    if (error instanceof ResourceInputError) return undefined;
    throw error;
  }
}
