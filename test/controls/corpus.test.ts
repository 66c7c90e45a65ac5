import { createHash } from 'node:crypto';
import { mixedItems } from '../../bench/items/registry';
import { customControls } from '../../controls/registry';
import { factsOf } from '../../resources/resource-types';
import { oddItems } from './support/odd-items';

/**
 * What the controls of types that AWS Config records say of 10,000 items each, as digests of verdicts, violations and plans. Work on how fast they judge must leave
 * every byte. Where what they say changes on purpose, the new digests stand in the failure.
 */
const digests: Readonly<Record<string, string>> = {
  'security-group-open-ports': 'fde58224d9424ee3dd7c7b18253a3928a0a69049f9c19d3d6833800926ae2f46',
  'security-group-wide-open': '4d22dcfc27daf65e15f2da7432df7524907955b1fe2c9993b0bbe78609fb133a',
  's3-public-access': 'b2ad7ce5103a0ea8bfbcf66f90b3906f4500a1b097ee6b42bbc8c5ac28f4facf',
  'sqs-public-policy': 'e9bea31d0c6fb47851ad6a0f2d83068ae518e16e5db261b9ec112de29fc499be',
};

const mixed = mixedItems(30_000, 5);

/** 10,000 items of each resource type, a fifth of them odd. */
const itemsOf = new Map(
  [...new Set(customControls.map(({ resourceType }) => resourceType))].map((type) => {
    const own = mixed.filter(({ resourceType }) => resourceType === type).slice(0, 10_000);
    return [type, [...own.slice(0, 8_000), ...oddItems(own.slice(8_000), 7)]] as const;
  }),
);

describe('the verdicts, violations and plans', () => {
  const judged = customControls.filter(({ resourceType }) => factsOf(resourceType).isRecorded);
  it.each(judged.map((control) => [control.id, control] as const))(
    'of %s are the same to the byte',
    (id, control) => {
      const items = itemsOf.get(control.resourceType) ?? [];
      const parameters = control.parameters.parse({});
      const hash = createHash('sha256');
      for (const item of items) hash.update(`${JSON.stringify(said(item))}\n`);

      expect(items).toHaveLength(10_000);
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
