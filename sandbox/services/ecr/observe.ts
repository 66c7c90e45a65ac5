import type { Observe } from '../service';
import { repositoryArn } from './repository-arn';

/** Learns the policies of repositories. */
export const observe: Observe = (call, _answer, { learned }) => {
  switch (call.operation) {
    case 'SetRepositoryPolicy':
      learned.setResourcePolicy(repositoryArn(call), String(call.parameters.policyText));
      return;
    case 'DeleteRepositoryPolicy':
    case 'DeleteRepository':
      learned.setResourcePolicy(repositoryArn(call), undefined);
      return;
  }
};
