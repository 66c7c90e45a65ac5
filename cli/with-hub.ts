import type { DoorPlace } from '../operator/hub/door/door';
import { ordersUrlExample, parseOrdersUrl, regionOfUrl } from '../operator/hub/door/orders-url';
import { type Hub, withHub as withHubIn } from '../operator/hub/hub';
import { hubOfPolicy, hubRegion } from './hub-region';
import { ordersUrlVariable } from './orders-url-option';
import { checkEndpoints } from './sandbox-endpoint';
import { terminalHost } from './terminal-host';
import { UserError } from './user-error';

/** Where the hub is, as the options say it; the environment's or the policy's where left out. */
export interface HubOptions {
  region?: string;
  ordersUrl?: string;
}

/**
 * Does something with the hub, and closes its connections.
 * @throws UserError when nobody says which Region, or an option or a variable names no URL
 */
export async function withHub<Answer>(
  { region, ordersUrl }: HubOptions,
  use: (hub: Hub) => Promise<Answer>,
): Promise<Answer> {
  const { env } = process;
  checkEndpoints(env);
  const url = givenUrl(ordersUrl, env[ordersUrlVariable]);
  const named = region ?? (url && regionOfUrl(url));
  const door: DoorPlace = {
    ...(url && { url }),
    ...(env.AWS_ENDPOINT_URL && { endpoint: new URL(env.AWS_ENDPOINT_URL) }),
  };
  return withHubIn({ region: hubRegion(named, env, hubOfPolicy), door }, terminalHost, use);
}

function givenUrl(option: string | undefined, variable: string | undefined): URL | undefined {
  const text = option ?? variable;
  if (!text) return undefined;
  const url = parseOrdersUrl(text);
  if (url) return url;
  const by = option === undefined ? ordersUrlVariable : '--orders-url';
  throw new UserError(`${by} is ${JSON.stringify(text)}, and should be like ${ordersUrlExample}.`, 2);
}
