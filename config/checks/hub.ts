import { partitionOf } from '../../core/partition';
import { at, type Inconsistency, listAt } from './document';

/** What is wrong between the hub and the rest. */
export function hubProblems(document: unknown): Inconsistency[] {
  return [...hubIsManagement(document), ...hubRegionMissing(document), ...otherPartitions(document)];
}

/**
 * The hub is a delegated administrator, which has to be a member account:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-delegated-admin.html
 */
function hubIsManagement(document: unknown): Inconsistency[] {
  const hub = at(document, 'hub', 'account');
  if (typeof hub !== 'string' || hub !== at(document, 'organization', 'managementAccount')) return [];
  const message =
    'this is the management account; the hub has to be a member account, best one for security alone.';
  return [{ path: ['hub', 'account'], message }];
}

/** An organization lies in one partition: https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
function otherPartitions(document: unknown): Inconsistency[] {
  const hubRegion = at(document, 'hub', 'region');
  if (typeof hubRegion !== 'string' || hubRegion.includes('*')) return [];
  const partition = partitionOf(hubRegion);
  return listAt(document, 'regions')
    .filter(
      ({ value }) => typeof value === 'string' && !value.includes('*') && partitionOf(value) !== partition,
    )
    .map(({ path }) => ({
      path,
      message: `the hub's Region is of the partition ${partition}, and an organization lies in one alone; take this one out.`,
    }));
}

function hubRegionMissing(document: unknown): Inconsistency[] {
  const region = at(document, 'hub', 'region');
  const regions = at(document, 'regions');
  if (typeof region !== 'string' || !Array.isArray(regions) || regions.includes(region)) return [];
  return [{ path: ['hub', 'region'], message: "regions does not list the hub's Region; add it there." }];
}
