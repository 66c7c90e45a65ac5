import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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

const services: Readonly<Record<string, typeof plainService>> = {
  'sqs-public-policy': plainService,
  'sns-public-policy': { ...plainService, service: 'SNS', prefix: 'sns' },
  'ecr-public-policy': { ...plainService, service: 'ECR', prefix: 'ecr' },
  'secret-public-policy': { ...plainService, service: 'Secrets Manager', prefix: 'secretsmanager' },
  'kms-public-policy': keyService,
};

const judged = all.filter(({ control }) => control in services);

describe("policies of AWS's documentation", () => {
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

  it('are counted where no control judges them yet', () => {
    expect(judged).toHaveLength(46);
    expect([...new Set(all.filter((one) => !judged.includes(one)).map(({ control }) => control))]).toEqual([
      'lambda-public-policy',
      's3-access-point-public',
      'iam-role-open-trust',
    ]);
  });
});
