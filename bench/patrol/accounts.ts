import type { InMemoryAws } from '../../test/faults/aws/in-memory-aws';
import { holdings } from './holdings/registry';

/** Of every account. */
export const watchedRegions = ['eu-central-1', 'eu-west-1'];

/** One account of so many is a large one. Every hundred accounts are like the hundred before. */
export const accountsInPattern = 100;

/** Which of them: neither the first, so that a few accounts take little, nor the last, for which all others would have waited. */
const largeAccount = 50;

/** The id of an account, by its number from 0. */
export function accountIdOf(number: number): string {
  return String(300_000_000_000 + number);
}

/** Puts what an account holds of each resource type into an AWS in memory, by the account's number from 0. */
export function plantAccount(aws: InMemoryAws, account: number): void {
  const accountId = accountIdOf(account);
  aws.organizations.addAccount(accountId);
  const size = account % accountsInPattern === largeAccount ? 'large' : 'usual';
  watchedRegions.forEach((region, regionNumber) => {
    const place = { accountId, region, account, regionNumber };
    for (const holding of Object.values(holdings)) {
      for (let index = 0; index < holding[size]; index += 1) holding.plant(aws, place, index);
    }
  });
}
