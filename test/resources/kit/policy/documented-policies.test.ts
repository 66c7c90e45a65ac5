import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bucketPolicyRules } from '../../../../resources/bucket/policy-rules';
import { policyAfter } from '../../../../resources/kit/policy/changes';
import { closingChanges } from '../../../../resources/kit/policy/closing';
import type { ServiceRules } from '../../../../resources/kit/policy/document-rules';
import { publicStatements } from '../../../../resources/kit/policy/public-statements';
import { readPolicy } from '../../../../resources/kit/policy/resource-policy';
import { keyService, plainService, rulesWith } from './service-rules';

interface DocumentedPolicy {
  control: string;
  source: string;
  input: { Name: string; AccountId: string; Policy: unknown };
  expect: 'COMPLIANT' | 'NON_COMPLIANT';
  why: string;
}

const all = readFileSync(join(__dirname, '../../../fixtures/policies.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as DocumentedPolicy);

const services: Readonly<Record<string, ServiceRules>> = {
  's3-public-access': bucketPolicyRules,
  'sqs-public-policy': plainService,
  'sns-public-policy': { ...plainService, service: 'SNS', prefix: 'sns' },
  'ecr-public-policy': { ...plainService, service: 'ECR', prefix: 'ecr' },
  'secret-public-policy': { ...plainService, service: 'Secrets Manager', prefix: 'secretsmanager' },
  'kms-public-policy': keyService,
};

const judged = all.filter(({ control }) => control in services);

describe("policies of AWS's documentation, and of other tools' tests", () => {
  it.each(judged.map((one) => [one.control, one.input.Name, one] as const))(
    '%s, %s',
    (control, _name, one) => {
      const policy = readPolicy(one.input.Policy, 'Policy');
      const open = publicStatements(
        policy,
        rulesWith({ ...services[control], accountId: one.input.AccountId }),
      );

      expect(open.length > 0 ? 'NON_COMPLIANT' : 'COMPLIANT', one.why).toBe(one.expect);
    },
  );

  it.each(
    judged
      .filter((one) => one.expect === 'NON_COMPLIANT')
      .map((one) => [one.control, one.input.Name, one] as const),
  )('%s, %s, are closed by the smallest fix', (control, _name, one) => {
    const policy = readPolicy(one.input.Policy, 'Policy');
    const { AccountId: accountId } = one.input;
    const rules = rulesWith({
      ...services[control],
      accountId,
      arn: `arn:aws:any:eu-west-1:${accountId}:it`,
    });
    const open = publicStatements(policy, rules);
    const after = policyAfter(policy, closingChanges(policy, open, rules));
    const untouched = policy.statements.filter((_statement, index) =>
      open.every((statement) => statement.index !== index),
    );

    expect(publicStatements(after, rules)).toEqual([]);
    expect(after?.statements ?? []).toEqual(expect.arrayContaining(untouched));
  });

  it('are counted where no control judges them yet', () => {
    expect(judged).toHaveLength(192);
    expect([...new Set(all.filter((one) => !judged.includes(one)).map(({ control }) => control))]).toEqual([
      'lambda-public-policy',
      's3-access-point-public',
      'iam-role-open-trust',
    ]);
  });
});
