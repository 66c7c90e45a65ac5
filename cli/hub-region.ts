import { join } from 'node:path';
import { loadOrganization } from '../config/organization';
import { PolicyError } from '../config/policy-error';
import { regionPattern } from '../core/finding';
import type { PolicyHub } from '../operator/hub/deployed-policy';
import { staunch } from './after-error';
import { UserError } from './user-error';

const policyFile = join(__dirname, '..', 'config', 'organization.yaml');

/** The hub of the project's policy; undefined when there is no valid one. */
export function hubOfPolicy(file = policyFile): PolicyHub | undefined {
  try {
    return loadOrganization(file).hub;
  } catch (error) {
    if (error instanceof PolicyError) return undefined;
    throw error;
  }
}

/**
 * The Region of the hub: what was asked for, or else the environment's, or else the policy's.
 * @param option of the command line
 * @throws UserError when none of them says, or it is no Region
 */
export function hubRegion(
  option: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
  policyHub: () => PolicyHub | undefined,
): string {
  const named = [
    { region: option, by: '--region' },
    { region: environment.AWS_REGION, by: 'AWS_REGION' },
    { region: environment.AWS_DEFAULT_REGION, by: 'AWS_DEFAULT_REGION' },
  ].find(({ region }) => region);
  const { region, by } = named ?? { region: policyHub()?.region, by: 'config/organization.yaml' };
  if (region === undefined) {
    throw new UserError(
      `Which Region is the hub in? Give --region, set AWS_REGION, or mend config/organization.yaml. What is wrong with it:\n  ${staunch} validate`,
      2,
    );
  }
  if (regionPattern.test(region)) return region;
  throw new UserError(`${by} is ${JSON.stringify(region)}, which is no Region, such as eu-west-1.`, 2);
}
