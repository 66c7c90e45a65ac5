import type { CompiledPolicy, Level } from '../../config/compiled';
import { isParentId, rootIdPattern, rootPath } from '../../config/formats';
import { modesOf, type RecorderMode, usualRecorder } from '../../config/recorder';
import { isAccountTarget } from '../../config/target';
import { type AllTargets, nowhere, type SetTargets, StructureNeededError } from './set-targets';

/**
 * Where each stack set deploys to, as far as the policy's ids alone say it: targets are units by id, accounts by id are left out,
 * recorders are the same everywhere, and where something may be changed is a matter of whole targets.
 * @throws StructureNeededError when they do not say enough
 */
export function targetsByIds(policy: CompiledPolicy): AllTargets {
  const { exclude = [], organization } = policy;
  // No stack set reaches it.
  const targets = (policy.targets ?? []).filter((key) => key !== organization.managementAccount);
  for (const key of targets) {
    if (isAccountTarget(key))
      throw needed(`targets: ${key}`, 'an account is reached through the unit that it lies in');
    if (!isParentId(key)) throw needed(`targets: ${key}`, 'a path means an id');
  }
  for (const key of exclude) {
    if (!isAccountTarget(key)) throw needed(`exclude: ${key}`, 'a unit is left out account by account');
  }
  const [pilot] = policy.rollout?.pilot ?? [];
  if (pilot !== undefined) throw needed(`rollout.pilot: ${pilot}`, 'the rest is what the pilot is not');
  const everywhere: SetTargets = { units: targets, except: exclude.toSorted(), accounts: [] };
  const recorder = onlyRecorder(policy);
  return {
    pilot: { access: nowhere, remediation: nowhere, trail: nowhere, recorder: nowhere, rules: nowhere },
    rest: {
      access: everywhere,
      remediation: remediationTargets(policy, everywhere),
      trail: everywhere,
      recorder: recorder === 'own' ? everywhere : nowhere,
      rules: recorder === 'none' ? nowhere : everywhere,
    },
  };
}

function onlyRecorder({ recorder = usualRecorder }: CompiledPolicy): RecorderMode {
  const modes = modesOf(recorder);
  if (modes.size === 1) return recorder.default;
  throw needed('recorder', 'it differs from place to place');
}

/** What a level of flags does where it counts: it has something changed, has everything left alone, or says too little for either. */
export type Says = 'on' | 'off' | 'something else' | 'nothing';

/** What a level of flags does where it counts, of all controls together. */
export function saysOf({ flag, controls }: Level, { parameterDefaults }: CompiledPolicy): Says {
  const flags = Object.keys(parameterDefaults).map((id) => controls[id]?.flag ?? flag);
  if (flags.some((one) => one === 'on' || one === 'approval')) return 'on';
  if (flags.every((one) => one === 'off')) return 'off';
  return flags.includes('off') ? 'something else' : 'nothing';
}

/**
 * Nothing where nothing is on; else whole targets. Where one unit is on and another turns something off, it counts which lies above the
 * other. A single account that is off is left out; one that is on, while its unit may be or not, cannot be told.
 */
function remediationTargets(policy: CompiledPolicy, everywhere: SetTargets): SetTargets {
  const said = (levels: Readonly<Record<string, Level>>) =>
    Object.entries(levels).map(([key, level]) => ({ key, says: saysOf(level, policy) }));
  const [units, accounts] = [said(policy.organizationalUnits), said(policy.accounts)];
  const onUnits = units.filter(({ says }) => says === 'on').map(({ key }) => key);
  const isRoot = (key: string) => key === rootPath || rootIdPattern.test(key);
  const everything = saysOf(policy.default, policy) === 'on' || onUnits.some(isRoot);
  const named = accounts.find(({ says }) => says === 'on' && !everything);
  if (named) {
    throw needed(
      `autoResponse.accounts.${named.key}`,
      'an account is reached through the unit that it lies in',
    );
  }
  if (!everything && onUnits.length === 0) return nowhere;
  const off = units.find(({ says }) => says === 'off' || says === 'something else');
  if (off) throw needed(unitKey(off.key), 'it counts what lies above and below it');
  const elsewhere = onUnits.find((key) => !everything && !policy.targets?.includes(key));
  if (elsewhere !== undefined) throw needed(unitKey(elsewhere), 'it is no target, and may lie in one');
  const left = accounts.filter(({ says }) => says === 'off' || says === 'something else');
  const unclear = left.find(({ key, says }) => !isAccountTarget(key) || says !== 'off');
  if (unclear) throw needed(`autoResponse.accounts.${unclear.key}`, 'it counts what its unit says');
  return {
    units: everything ? everywhere.units : onUnits,
    except: [...new Set([...everywhere.except, ...left.map(({ key }) => key)])].sort(),
    accounts: [],
  };
}

function unitKey(key: string): string {
  return `autoResponse.organizationalUnits.${key}`;
}

function needed(key: string, why: string): StructureNeededError {
  return new StructureNeededError(key, why);
}
