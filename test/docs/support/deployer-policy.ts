import { pageText } from './pages';

/** A statement of the deployer's policy. */
export interface DeployerStatement {
  Sid: string;
  Effect: string;
  Action: string | string[];
  Resource: string | string[];
}

/** What `docs/deployer-policy.json` says, of a hub. */
export function deployerPolicy(hub: { accountId: string; region: string }): {
  Version: string;
  Statement: DeployerStatement[];
} {
  const text = pageText('docs/deployer-policy.json');
  return JSON.parse(text.replaceAll('REGION', hub.region).replaceAll('HUB', hub.accountId));
}
