import { compilePolicy } from '../../config/compile';
import type { CompiledPolicy } from '../../config/compiled';
import { unusableControl } from '../../config/known-controls';
import type { WatchedSettings } from '../../config/watched';
import { controlById } from '../../controls/registry';
import { regionPattern } from '../../core/finding';
import { printable } from '../../resources/kit/printable';
import { idInstead, isResourceId } from '../../resources/resource-types';
import { InputError, OperatorError } from '../errors';
import { deployedPolicy, ifDeployed } from '../hub/deployed-policy';
import type { Hub } from '../hub/hub';
import { askStructure } from '../organization/ask-structure';
import { findAccount } from '../organization/find-place';
import { isWatched } from '../organization/structure';
import { treeOfStructure } from '../organization/structure-tree';
import { policyProblems } from '../plan/policy-problems';
import { deployedName, type PolicyChoice } from '../policy-file';
import { type Asked, aboutResource } from './about-resource';
import { type Explanation, explanationOf } from './explanation';
import { accountFacts, stopsOf } from './ledger-facts';
import { namesMeant } from './names-meant';

/**
 * Explains what becomes of a control, or of a resource, in an account; the resource itself is not read.
 * @throws InputError when the control, the resource or its Region cannot be
 * @throws OperatorError when the account or the policy is not there, the resource has findings in several Regions, or the hub
 *   cannot be asked
 */
export async function explain(hub: Hub, asked: Asked, choice: PolicyChoice): Promise<Explanation> {
  check(asked);
  const { policy, name, watch } = await knownPolicy(hub, choice);
  const structure = await askStructure(hub);
  const account = findAccount(structure, asked.account);
  const now = new Date();
  const stops = await ifDeployed(() => hub.ask('ledger', () => stopsOf(hub)));
  const about = await aboutResource(hub, account.id, asked, stops !== undefined, now);
  const ofAccount =
    stops && (await hub.ask('ledger', () => accountFacts(hub, account.id, policy, stops, now)));
  const remembered = stops && (await hub.ask('ledger', () => hub.policyNames.read()));
  return explanationOf({
    policy,
    policyName: name,
    structure,
    account,
    control: asked.control,
    ...(watch && { watched: isWatched(watch, account) }),
    ...about,
    ledger: { ...about.ledger, ...ofAccount },
    ...(stops !== undefined && { names: namesMeant(policy, treeOfStructure(structure, now), remembered) }),
    ...(stops === undefined && { noLedger: 'There is no ledger here, so it was not asked.' }),
    problems: policyProblems(policy, structure),
    now,
  });
}

function check({ control, resource, resourceRegion }: Asked): void {
  const known = controlById(control);
  if (known?.kind === 'managed') {
    throw new InputError(
      `${control}: this control is one of AWS Config's managed rules: Staunch reports it and never fixes it, so there is no decision to explain.`,
    );
  }
  if (known === undefined) throw new InputError(`${printable(control)}: ${unusableControl(control)}`);
  const { resourceType } = known;
  if (resource !== undefined && !isResourceId(resourceType, resource)) {
    throw new InputError(
      `is ${JSON.stringify(resource)}, which is no resource's id: ${idInstead(resourceType, resource)}`,
      'resource',
    );
  }
  if (resourceRegion !== undefined && !regionPattern.test(resourceRegion)) {
    throw new InputError(
      `is ${JSON.stringify(resourceRegion)}, which is no Region, such as eu-west-1.`,
      'resource region',
    );
  }
}

/** A policy, and what is known of it. */
interface KnownPolicy {
  policy: CompiledPolicy;
  name: string;
  /** Absent where they are not known: a compiled policy does not say. */
  watch?: WatchedSettings;
}

async function knownPolicy(hub: Hub, choice: PolicyChoice): Promise<KnownPolicy> {
  if ('file' in choice) {
    const { name, organization } = choice.file;
    return { policy: compilePolicy(organization), name, watch: organization };
  }
  const found = await deployedPolicy(hub, choice.deployedAt);
  if ('unknown' in found) throw new OperatorError(found.unknown);
  return { policy: found.policy, name: deployedName };
}
