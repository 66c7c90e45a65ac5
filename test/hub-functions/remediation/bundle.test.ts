import { resourceTypes } from '../../../contract/resource-types';
import { bundleHubFunction } from '../../../infra/bundle';

/** What writes findings, decisions, limits or saved states. The stop switch's own class is read by the function. */
const writesOfTheLedger = /UpdateCommand|BatchWriteCommand|TransactWriteCommand|attribute_not_exists/;

describe('the bundle of a remediation function', () => {
  it.each(Object.values(resourceTypes).map(({ slug }) => slug))(
    'brings nothing that writes what the coordinator trusts: %s',
    (slug) => {
      expect(bundleHubFunction(`hub-functions/remediation/${slug}/handler.ts`)).not.toMatch(
        writesOfTheLedger,
      );
    },
  );

  it("is told from the coordinator's, which does", () => {
    expect(bundleHubFunction('hub-functions/coordinator/handler.ts')).toMatch(writesOfTheLedger);
  });
});
