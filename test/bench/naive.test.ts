import { itemsOf } from '../../bench/items/registry';
import { naiveJudges } from '../../bench/naive';
import { customControls } from '../../controls/registry';
import { factsOf } from '../../resources/resource-types';

/** Items are judged of types that AWS Config records. */
const judged = customControls.filter(({ resourceType }) => factsOf(resourceType).isRecorded);

describe.each(judged)('what is measured against $id', (control) => {
  it('has naive lines, which find more than half of what is dangerous', () => {
    const naive = naiveJudges[control.id];
    expect(naive).toBeDefined();
    const { parameters, resourceType } = control;
    const defaults = parameters.parse({}) as never;
    const dangerous = itemsOf(resourceType, 1_000, 7).filter((item) => {
      const resource = control.fromConfigurationItem(item) as never;
      return control.evaluate(resource, defaults).violations.length > 0;
    });
    const found = dangerous.filter((item) => naive?.(JSON.stringify(item)));
    expect(found.length).toBeGreaterThan(dangerous.length / 2);
  });
});
