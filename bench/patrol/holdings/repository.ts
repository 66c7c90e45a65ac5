import type { Holding } from './holding';

/** Repositories without a policy. */
export const repositories: Holding = {
  usual: 5,
  large: 100,
  plant(aws, { accountId, region }, index) {
    aws.ecr.createRepository({
      accountId,
      region,
      name: `team/images-${index}`,
      createdAt: new Date(0),
    });
  },
};
