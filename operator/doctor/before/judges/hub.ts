import type { Check, Verdict } from '../../verdict';
import type { BeforeFacts } from '../facts';
import { unread } from './unread';

const check = 'hub';

/** Whether the hub's account is ready: bootstrapped, and its bucket's name free. */
export const hub: Check<BeforeFacts> = {
  name: check,
  judge: (facts) => [bootstrapOf(facts), bucketOf(facts)],
};

/** https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping.html */
function bootstrapOf({ hub: { account, region }, hubFacts: { isBootstrapped } }: BeforeFacts): Verdict {
  const at = { check, accountId: account, region };
  if ('unread' in isBootstrapped) return unread(check, account, isBootstrapped.unread, at);
  if (isBootstrapped.read) return { ...at, condition: 'well', text: 'bootstrapped' };
  return {
    ...at,
    condition: 'not well',
    text: 'The account and Region are not bootstrapped for the AWS CDK.',
    cure: { account, steps: [{ does: 'bootstrap', account, region }] },
  };
}

/** The names of buckets are shared by all of AWS's customers. */
function bucketOf({
  hub: { account, region },
  bucketName,
  hubFacts: { bucketIsOurs },
}: BeforeFacts): Verdict {
  const at = { check, accountId: account, region };
  if ('unread' in bucketIsOurs) return unread(check, account, bucketIsOurs.unread, at);
  if (bucketIsOurs.read)
    return { ...at, condition: 'well', text: `The bucket's name ${bucketName} can be had.` };
  return {
    ...at,
    condition: 'not well',
    text: `Somebody else has a bucket named ${bucketName}.`,
    cure: {
      account,
      steps: [{ does: 'edit the policy', key: 'hub.deliveryBucket', value: `${bucketName}-history` }],
    },
  };
}
