/**
 * The partitions of AWS in which Staunch runs. An organization lies in one of them, and so does everything of it:
 * https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 */
export const partitions = ['aws', 'aws-us-gov', 'aws-cn'] as const;

/** A partition of AWS in which Staunch runs. */
export type Partition = (typeof partitions)[number];

/** Names of Regions begin by their partition; of all others they do so by a continent or a country. */
const beginnings: readonly (readonly [string, Partition])[] = [
  ['us-gov-', 'aws-us-gov'],
  ['cn-', 'aws-cn'],
];

/**
 * The partition in which a Region lies.
 * @param region a Region's name, not a pattern of several
 * @throws Error for a pattern, which does not say it
 */
export function partitionOf(region: string): Partition {
  if (region.includes('*')) throw new Error(`${region} names no Region, so that its partition is not known.`);
  return beginnings.find(([beginning]) => region.startsWith(beginning))?.[1] ?? 'aws';
}

/** The domain of a Region's endpoints: https://docs.aws.amazon.com/general/latest/gr/rande.html */
export function endpointDomain(region: string): string {
  return partitionOf(region) === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
}
