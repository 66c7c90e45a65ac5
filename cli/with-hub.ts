import { type Hub, withHub as withHubIn } from '../operator/hub/hub';
import { hubOfPolicy, hubRegion } from './hub-region';
import { checkEndpoints } from './sandbox-endpoint';
import { terminalHost } from './terminal-host';

/**
 * Does something with the hub, and closes its connections.
 * @param region as --region was given; the environment's or the policy's where left out
 * @throws UserError when nobody says which Region, or a variable names no endpoint
 */
export async function withHub<Answer>(
  region: string | undefined,
  use: (hub: Hub) => Promise<Answer>,
): Promise<Answer> {
  checkEndpoints(process.env);
  return withHubIn(hubRegion(region, process.env, hubOfPolicy), terminalHost, use);
}
