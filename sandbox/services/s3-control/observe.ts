import { Buckets } from '../s3/buckets';
import { publicAccessBlockOf } from '../s3/public-access-block';
import type { Observe } from '../service';

/** Learns an account's own block settings. */
export const observe: Observe = ({ operation, accountId, parameters }, _answer, { learned }) => {
  const buckets = learned.of(Buckets);
  if (operation === 'PutPublicAccessBlock')
    buckets.setAccountBlock(accountId, publicAccessBlockOf(parameters));
  if (operation === 'DeletePublicAccessBlock') buckets.setAccountBlock(accountId, undefined);
};
