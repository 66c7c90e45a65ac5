import type { CompiledPolicy } from './compiled';

/** A key by which the policy names an account or an organizational unit, with the line that does. */
export interface NamedKey {
  key: string;
  source: string;
}

/** Everything that the policy names. */
export interface NamedKeys {
  /** By id or name. */
  accounts: readonly NamedKey[];
  /** By id or path. */
  units: readonly NamedKey[];
}

const remembered = new WeakMap<CompiledPolicy, NamedKeys>();

/** The keys of accounts and organizational units in flags, exemptions, tag rules, freezes, of people, and in routes. Gathered once each policy. */
export function namedKeys(policy: CompiledPolicy): NamedKeys {
  const known = remembered.get(policy);
  if (known) return known;
  const gathered = gather(policy);
  remembered.set(policy, gathered);
  return gathered;
}

function gather({
  accounts,
  organizationalUnits,
  exemptions,
  exemptionRules,
  freezes,
  people,
  slack,
}: CompiledPolicy): NamedKeys {
  const levels = (entries: CompiledPolicy['accounts']): NamedKey[] =>
    Object.entries(entries).map(([key, { source }]) => ({ key, source }));
  const exempt = (which: 'account' | 'organizationalUnit'): NamedKey[] =>
    exemptions.flatMap((exemption) => {
      const key = exemption[which];
      return key === undefined ? [] : [{ key, source: exemption.source }];
    });
  const frozen = (which: 'accounts' | 'organizationalUnits'): NamedKey[] =>
    freezes.flatMap((freeze) => freeze[which].map((key) => ({ key, source: freeze.source })));
  const peopled = (which: 'accounts' | 'organizationalUnits'): NamedKey[] =>
    (people?.entries ?? []).flatMap(({ where, source }) =>
      (where?.[which] ?? []).map((key) => ({ key, source })),
    );
  const routed = (which: 'accounts' | 'organizationalUnits'): NamedKey[] =>
    slack.routes.flatMap(({ where, source }) => (where?.[which] ?? []).map((key) => ({ key, source })));
  const { byTag } = exemptionRules;
  return {
    accounts: [
      ...levels(accounts),
      ...exempt('account'),
      ...frozen('accounts'),
      ...peopled('accounts'),
      ...routed('accounts'),
    ],
    units: [
      ...levels(organizationalUnits),
      ...exempt('organizationalUnit'),
      ...(byTag?.organizationalUnits ?? []).map((key) => ({ key, source: byTag?.source ?? '' })),
      ...frozen('organizationalUnits'),
      ...peopled('organizationalUnits'),
      ...routed('organizationalUnits'),
    ],
  };
}
