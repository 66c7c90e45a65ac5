import { parseDocument } from 'yaml';
import type { Cure } from '../../../../operator/doctor/cure';
import type { FakeOrganization } from './fake-organization';

/** What a cure changes beside AWS. */
export interface Cured {
  /** The policy's text. */
  policy: string;
  deployed: boolean;
  patrolled: string[];
}

/** Does what a cure says, and nothing else. */
export async function cured(
  organization: FakeOrganization,
  { account, steps }: Cure,
  policy: string,
): Promise<Cured> {
  const result: Cured = { policy, deployed: false, patrolled: [] };
  for (const step of steps) {
    if (step.does === 'call') {
      const { operation, input, region = 'us-east-1' } = step.call;
      await organization.answer(operation, input, { account, region });
    } else if (step.does === 'edit the policy') result.policy = edited(result.policy, step.key, step.value);
    else if (step.does === 'bootstrap')
      organization.buckets.set(`cdk-hnb659fds-assets-${step.account}-${step.region}`, step.account);
    else if (step.does === 'deploy') result.deployed = true;
    else if (step.does === 'patrol') result.patrolled.push(`${step.account} ${step.region}`);
    else throw new Error(`This cures nothing: ${step.does}`);
  }
  return result;
}

function edited(text: string, key: string, value: string): string {
  const document = parseDocument(text);
  const path = key.split('.').map((part) => part.replaceAll('"', ''));
  document.setIn(path, document.createNode(parseDocument(value).toJS()));
  return document.toString();
}
