import type { Holding } from './holding';

/** SSM documents that are not shared. */
export const ssmDocuments: Holding = {
  usual: 2,
  large: 20,
  plant: (aws, { accountId, region }, index) => aws.ssm.create(`Document-${index}`, { accountId, region }),
};
