import { isText } from '../kit/input';
import type { Touched, TrailEvents } from '../kit/trail-events';

/**
 * What CloudTrail records of calls about repositories:
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/logging-using-cloudtrail.html
 * A template may give a repository a policy as it is made:
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates.html
 */
export const repositoryTrail: TrailEvents = {
  source: 'ecr.amazonaws.com',
  names: ['CreateRepository', 'SetRepositoryPolicy', 'DeleteRepositoryPolicy'],
  opening: ['CreateRepository', 'SetRepositoryPolicy'],

  touched({ requestParameters }, { accountId }): Touched | undefined {
    const { repositoryName, registryId = accountId } = requestParameters ?? {};
    // Somebody else's repository is in the event of who called, too.
    return isText(repositoryName) && registryId === accountId ? { ids: [repositoryName] } : undefined;
  },
};
