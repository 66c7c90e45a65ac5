import { createHash } from 'node:crypto';
import { itemsOf } from '../../bench/items/registry';
import { customControls } from '../../controls/registry';
import { factsOf } from '../../resources/resource-types';
import { oddItems } from './support/odd-items';

/**
 * What the controls of types that AWS Config records say of 10,000 items each, as digests of verdicts, violations and plans. Work on how
 * fast they judge must leave every byte. Where what they say changes on purpose, the new digests stand in the failure.
 */
const digests: Readonly<Record<string, string>> = {
  'security-group-open-ports': '3a4ecd77eae444626470856ba48c36313a441bff031fa1ecceb3e0feced4a2a6',
  'security-group-wide-open': '42abbf9ba6349dda3aa763f7fabf611aae8b62b879b62d807273761ff1ffeb08',
  's3-public-access': '8da7380bc65ecfcba6b97216d1c41df53e348fdcad7a81a8b443c780ec04fa60',
  'sqs-public-policy': '424cc366993650fdd3ee1ae37b210104b97da34e4c9c9c53e0b55ddccd50b789',
  'rds-snapshot-public': 'aeb30ea490a0b163d5c79cfb4d4db6442bdfe85413cd93fc0d4a285a0c74ad69',
  'rds-cluster-snapshot-public': '845646e63ec0c7a6c8323b4c188e8b6cbb599f025dc7a2342c206ec5cef99f9c',
  'sns-public-policy': 'ac18f0300c8a9103c97b08e183d368986994a55f99ec0bd97816ad0b1287831b',
  'ecr-public-policy': '8ee53706d57fa33f954d8aa70fa810fe4e4e83b8cb7bf99151bedfca88b21c97',
  'kms-public-policy': 'baabf5fecd96489b45693c5771495de1a65a66c7f50cdb4f23c12513056ea64d',
};

/** Judged by the document model of queues, or by the one of shares, and differ in little: a fifth of the items is enough. */
const byTheSameModel = new Set([
  'AWS::SNS::Topic',
  'AWS::ECR::Repository',
  'AWS::KMS::Key',
  'AWS::RDS::DBSnapshot',
  'AWS::RDS::DBClusterSnapshot',
]);

const judged = customControls.filter(({ resourceType }) => factsOf(resourceType).isRecorded);

/** Items of each resource type that AWS Config records, a fifth of them odd. */
const corpora = new Map(
  [...new Set(judged.map(({ resourceType }) => resourceType))].map((type) => {
    const count = byTheSameModel.has(type) ? 2_000 : 10_000;
    const own = itemsOf(type, count, 5);
    return [type, [...own.slice(0, 0.8 * count), ...oddItems(own.slice(0.8 * count), 7)]] as const;
  }),
);

describe('the verdicts, violations and plans', () => {
  it.each(judged.map((control) => [control.id, control] as const))(
    'of %s are the same to the byte',
    (id, control) => {
      const items = corpora.get(control.resourceType) ?? [];
      const parameters = control.parameters.parse({});
      const hash = createHash('sha256');
      for (const item of items) hash.update(`${JSON.stringify(said(item))}\n`);

      expect(hash.digest('hex')).toBe(digests[id]);

      function said(item: object): unknown {
        try {
          const model = control.fromConfigurationItem(item);
          const evaluation = control.evaluate(model, parameters);
          const plan = control.plan(model, evaluation.violations, parameters);
          return [evaluation, control.undecided?.(model, parameters), plan];
        } catch (error) {
          return (error as Error).message;
        }
      }
    },
  );
});
