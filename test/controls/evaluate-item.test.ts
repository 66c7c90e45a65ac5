import { mixedItems } from '../../bench/items/registry';
import { customControls } from '../../controls/registry';
import { holdBothPaths } from './support/both-paths';
import { oddItems } from './support/odd-items';

const seed = 20_261_126;

const shortened = customControls.filter(({ evaluateItem }) => evaluateItem !== undefined);

describe.each(shortened.map((control) => [control.id, control] as const))(
  'a short look by %s',
  (_id, control) => {
    const own = mixedItems(9_000, seed).filter(({ resourceType }) => resourceType === control.resourceType);

    it('says of ordinary items what the model says, and is enough for most', () => {
      expect(holdBothPaths(control, own)).toBeGreaterThan(own.length / 2);
    });

    it('says of odd items what the model says, or nothing', () => {
      expect(holdBothPaths(control, oddItems(own, seed))).toBeGreaterThan(0);
    });
  },
);
