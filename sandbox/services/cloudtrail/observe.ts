import { parseJsonBody } from '../../gateway/protocols/json';
import { OrganizationFacts } from '../organizations/organization-facts';
import type { Observe } from '../service';
import { type DescribedTrail, OrganizationTrails } from './organization-trails';

/** Learns the organization's trails. */
export const observe: Observe = (call, answer, { learned }) => {
  if (call.accountId !== learned.of(OrganizationFacts).managementAccountId) return;
  const trails = learned.of(OrganizationTrails);
  if (call.operation === 'CreateTrail' || call.operation === 'UpdateTrail') {
    const described = parseJsonBody(Buffer.from(answer.body)) as Partial<DescribedTrail>;
    if (described.TrailARN !== undefined) trails.put({ ...described, TrailARN: described.TrailARN });
  }
  if (call.operation === 'DeleteTrail') trails.delete(String(call.parameters.Name));
};
