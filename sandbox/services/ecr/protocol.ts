import { accountOfArn } from '../../gateway/arn';
import type { Protocol } from '../service';

/** A registry is an account's; who names none means his own. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetRepositoryPolicy.html */
export const protocol: Protocol = {
  accountOf({ parameters: { registryId, resourceArn }, callerAccountId }) {
    if (typeof registryId === 'string' && registryId !== '') return registryId;
    return accountOfArn(resourceArn) ?? callerAccountId;
  },
};
