import type { PolicyHub } from '../../operator/hub/deployed-policy';
import { type HubFailure, hubParts } from '../../operator/hub/hub-error';
import { printable } from '../../resources/kit/printable';
import { staunch } from '../after-error';
import { ordersUrlVariable } from '../orders-url-option';

/** What is known of where the command runs. */
export interface CommandPlace {
  environment: Readonly<Record<string, string | undefined>>;
  /** Where the hub should be; undefined when no valid policy says. */
  policyHub: () => PolicyHub | undefined;
}

const urlNames = `--orders-url or ${ordersUrlVariable}`;

/** What went wrong between this command and the hub, as a sentence that says what to do. Pure. */
export function hubErrorText(failure: HubFailure, { environment, policyHub }: CommandPlace): string {
  const { problem, part, region, code, said, caller } = failure;
  const { AWS_PROFILE: profile, AWS_ENDPOINT_URL: endpoint } = environment;
  const { name, permissions } = hubParts[part];
  // The API may be in another account than the caller.
  const account = caller === undefined ? 'the account of these credentials' : `account ${caller.account}`;
  const where = part === 'orders' ? "the hub's account" : `${account}, ${region}`;
  switch (problem) {
    case 'no credentials':
      return `There are no AWS credentials to use: ${ended(said)} Set AWS_PROFILE to a profile of the hub's account${part === 'organization' ? ' or of the management account' : ''}${profile ? ` (it is ${printable(profile)} now)` : ''}, and log in (aws sso login).`;
    case 'expired credentials':
      return `The AWS credentials have expired. Log in again (aws sso login), or set fresh ones. AWS says: ${said}`;
    case 'unknown credentials':
      if (/^Signature (?:expired|not yet current)/.test(said))
        return `AWS takes no signature of this time. Set this machine's clock. AWS says: ${said}`;
      return `AWS does not know these credentials. Look at AWS_PROFILE, AWS_ACCESS_KEY_ID and AWS_SESSION_TOKEN. AWS says: ${said}`;
    case 'throttled':
      return `AWS takes no more requests at the moment (${code}). Try again in a minute.`;
    case 'no connection':
      if (part === 'orders')
        return `There is no connection to where the hub takes orders (${code}). Look at the network, and at ${urlNames}.`;
      return `There is no connection to AWS in ${region} (${code}). Look at the network and at --region${endpoint ? `, and at AWS_ENDPOINT_URL, which is ${printable(endpoint)}` : ''}.`;
    case 'no answer':
      return `AWS gave no answer in time. Look at the network. (${said}) What became of a finding:\n  ${staunch} show FINDING`;
    case 'denied': {
      const who = caller === undefined ? 'These credentials' : printable(caller.arn);
      return `${who} may not use ${name} in ${where}. It takes ${permissions}. AWS says: ${ended(said)}${otherwise(part)}`;
    }
    case 'missing':
      if (part === 'orders')
        return `Nothing takes orders at that URL. Look at ${urlNames}: the hub's stack has the URL as its output OrdersUrl. AWS says: ${ended(said)}`;
      return `There is no hub in ${where}: ${name} does not exist there. ${whereTheHubIs(failure, policyHub())}${asked(part)}`;
    case 'no organization':
      return `${where} belongs to no organization. Use credentials of the hub's account, or of the management account (AWS_PROFILE).`;
    case 'refused':
      return `AWS refused a request to ${name} in ${where} (${code}): ${ended(said)}`;
  }
}

function whereTheHubIs({ part, caller, region }: HubFailure, hub: PolicyHub | undefined): string {
  const advice = `Use credentials of the hub's account (AWS_PROFILE), and its Region (--region)${part === 'orders URL' ? `, or name the URL, by ${urlNames}` : ''}`;
  if (hub === undefined || (hub.account === caller?.account && hub.region === region))
    return `${advice}, or deploy the hub first.`;
  return `${advice}: config/organization.yaml says that it is account ${hub.account}, ${hub.region}.`;
}

/** What takes no rights in the hub's account. */
function otherwise(part: HubFailure['part']): string {
  return part === 'orders URL' ? ` Or name the URL, by ${urlNames}: then nothing is looked up.` : asked(part);
}

/** How those read who have no rights in the hub's account. */
function asked(part: HubFailure['part']): string {
  if (part !== 'ledger' && part !== 'saved states') return '';
  return ` From any other account name the URL for orders, by ${urlNames}: then the hub is asked.`;
}

function ended(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
