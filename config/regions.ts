import { partition } from '@aws-sdk/core/client';
import { regionPattern } from '../core/finding';
import { partitions } from '../core/partition';
import { closest } from './did-you-mean';

/**
 * Why a policy cannot name this Region, and what would be right; undefined when it can. It is decided by the list of
 * Regions, by partition, that the AWS SDK carries: https://github.com/aws/aws-sdk-js-v3/tree/main/packages-internal/core
 * @param region any text
 */
export function unusableRegion(region: string): string | undefined {
  const { name, listed } = partitionOf(region);
  const formed = regionPattern.test(region);
  if (!isSupported(name) && (listed || formed)) {
    return `this Region is of the partition ${name}, in which Staunch does not run; it runs in ${partitions.join(', ')}.`;
  }
  if (!formed) return `a Region is written like eu-west-1${proposal(region)}`;
  return listed
    ? undefined
    : `AWS has no such Region, as far as this version of Staunch knows${proposal(region)}`;
}

function isSupported(partitionName: string): boolean {
  return partitions.some((known) => known === partitionName);
}

function proposal(region: string): string {
  const meant = closest(region, supportedRegions());
  return meant === undefined ? '.' : `; did you mean ${meant}?`;
}

/**
 * For a Region that it does not list, the SDK answers with the partition whose pattern fits; only of those that it lists
 * does it have a description.
 */
function partitionOf(region: string): { name: string; listed: boolean } {
  const answer = partition(region);
  return { name: answer.name, listed: 'description' in answer };
}

/**
 * Names for proposals. The SDK tells its list only name by name, so the candidates are the CDK's; they are loaded only
 * when something is wrong, because that takes half a second.
 */
function supportedRegions(): string[] {
  const { RegionInfo } = require('aws-cdk-lib/region-info') as typeof import('aws-cdk-lib/region-info');
  return RegionInfo.regions
    .map(({ name }) => name)
    .filter((name) => {
      const { name: of, listed } = partitionOf(name);
      return listed && isSupported(of);
    });
}
