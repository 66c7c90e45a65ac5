import type { App } from 'aws-cdk-lib';
import { compilePolicy } from '../../config/compile';
import { coveragePlan } from '../../config/planned-coverage';
import { modesOf, type RecorderMode } from '../../config/recorder';
import type { SavedStructure } from '../../config/saved-structure';
import { StructurePlaces } from '../../config/structure-places';
import { UnresolvedPolicyError } from '../../config/unresolved';
import { accountStackId } from '../../core/names';
import type { MemberProps } from '../members/member-props';
import { StructureNeededError } from '../stack-sets/set-targets';
import { saysOf } from '../stack-sets/targets-by-ids';
import { AccountStack } from './account-stack';

/** What an account's own stacks follow from. */
export interface AccountProps extends MemberProps {
  /** Twelve digits. */
  account: string;
  structure?: SavedStructure | undefined;
}

/**
 * Adds the plain stacks of one account to a CDK app, one for each Region, the hub's first: for an account that no stack set reaches.
 * @throws UnresolvedPolicyError when the account is none of the targets, or it cannot be told what the policy means
 * @throws StructureNeededError when only the structure says what the account gets
 */
export function addAccount(app: App, props: AccountProps): void {
  const { account, organization } = props;
  const { targets, exclude, hub, regions } = organization;
  if (!targets.includes(account) || exclude.includes(account)) {
    throw new UnresolvedPolicyError(
      `${account} is not watched: list it in targets, in quotes, before you deploy to it by itself.`,
    );
  }
  const wants = wantsOf(props);
  const stackOf = (region: string) =>
    new AccountStack(app, accountStackId(region), { ...props, ...wants, region });
  const home = stackOf(hub.region);
  // Roles are there before what uses them.
  for (const region of regions.filter((one) => one !== hub.region)) stackOf(region).addStackDependency(home);
}

function wantsOf({ account, organization, structure }: AccountProps): {
  recorder: RecorderMode;
  remediation: boolean;
} {
  const policy = compilePolicy(organization);
  const known = structure?.accounts.find(({ id }) => id === account);
  if (structure && known) {
    const { recorder, remediation, unresolved } = coveragePlan(
      policy,
      new StructurePlaces(structure),
    ).account(known);
    if (unresolved === undefined) return { recorder, remediation };
    throw new UnresolvedPolicyError(`Where a fix may be made cannot be told: ${unresolved}`);
  }
  const modes = modesOf(organization.recorder);
  if (modes.size > 1) throw new StructureNeededError('recorder', 'it differs from place to place');
  const levels = [
    policy.default,
    ...Object.values(policy.organizationalUnits),
    ...Object.values(policy.accounts),
  ];
  if (levels.some((level) => saysOf(level, policy) === 'on')) {
    throw new StructureNeededError('autoResponse', 'it counts what the account lies in');
  }
  return { recorder: organization.recorder.default, remediation: false };
}
