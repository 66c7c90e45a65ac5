import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { CompiledPolicy, ControlSays, Exemption, Freeze, Level, TagRule } from './compiled';
import { endOf } from './expiry';
import type { KeyPath } from './key-path';
import { jsonParameters } from './parameters';
import type { SaidLevel } from './schema/levels';
import type { OrganizationSettings } from './schema/organization';
import type { YamlSource } from './yaml-source';

/** The flags and parameters of every level, each with the line that says it. */
export function levelsOf(
  source: YamlSource,
  { autoResponse }: OrganizationSettings,
): Pick<CompiledPolicy, 'default' | 'organizationalUnits' | 'accounts'> {
  const entries = (section: 'organizationalUnits' | 'accounts'): Record<string, Level> =>
    Object.fromEntries(
      Object.entries(autoResponse[section]).map(([key, said]) => [
        key,
        levelOf(source, ['autoResponse', section, key], said),
      ]),
    );
  const fallback = levelOf(source, ['autoResponse', 'default'], autoResponse.default);
  return {
    default: {
      ...fallback,
      ...(fallback.flag === undefined ? { flag: 'off', source: noneIn(source) } : { flag: fallback.flag }),
    },
    organizationalUnits: entries('organizationalUnits'),
    accounts: entries('accounts'),
  };
}

/** The exemptions, each with the line at which it begins. */
export function exemptionsOf(source: YamlSource, { exemptions }: OrganizationSettings): Exemption[] {
  return exemptions.map(({ account, organizationalUnit, region, ...said }, index) => ({
    ...said,
    ...(account !== undefined && { account }),
    ...(organizationalUnit !== undefined && { organizationalUnit }),
    ...(region !== undefined && { region }),
    until: (endOf(said.expires) ?? new Date(0)).toISOString(),
    source: lineOf(source, ['exemptions', index]),
  }));
}

/** Where tags exempt; undefined where the policy does not let them. */
export function tagRuleOf(
  source: YamlSource,
  { exemptionRules: { byTag } }: OrganizationSettings,
): TagRule | undefined {
  return byTag && { ...byTag, source: lineOf(source, ['exemptionRules', 'byTag']) };
}

/** The freezes that are not over, each with the line at which it begins. */
export function freezesOf(source: YamlSource, { freezes }: OrganizationSettings, now: Date): Freeze[] {
  return freezes.flatMap(({ from, to, reason, organizationalUnits = [], accounts = [] }, index) => {
    if (to.at <= now) return [];
    const times = { from: from.at.toISOString(), to: to.at.toISOString() };
    const subject = [times.from, times.to, organizationalUnits.toSorted(), accounts.toSorted(), reason];
    return {
      id: createHash('sha256').update(JSON.stringify(subject)).digest('hex').slice(0, 16),
      ...times,
      fromSaid: from.said,
      toSaid: to.said,
      reason,
      organizationalUnits,
      accounts,
      source: lineOf(source, ['freezes', index]),
    };
  });
}

function levelOf(source: YamlSource, path: KeyPath, said: SaidLevel): Level {
  if (typeof said === 'string') return { flag: said, source: lineOf(source, path), controls: {} };
  const controls = Object.entries(said.controls ?? {}).flatMap(([id, control]) =>
    control === undefined ? [] : [[id, controlOf(source, [...path, 'controls', id], control)] as const],
  );
  return { ...flagOf(source, path, said.flag), controls: Object.fromEntries(controls) };
}

type SaidOfControl = NonNullable<NonNullable<Exclude<SaidLevel, string>['controls']>[string]>;

function controlOf(source: YamlSource, path: KeyPath, said: SaidOfControl): ControlSays {
  if (typeof said === 'string') return { flag: said, source: lineOf(source, path) };
  const { flag, parameters } = said;
  return {
    ...flagOf(source, path, flag),
    ...(parameters !== undefined && {
      parameters: {
        values: jsonParameters(parameters),
        source: lineOf(source, [...path, 'parameters']),
      },
    }),
  };
}

/** The flag with its line; without one, the line of the section. */
function flagOf(
  source: YamlSource,
  path: KeyPath,
  flag: Level['flag'],
): Pick<Level, 'source'> & { flag?: NonNullable<Level['flag']> } {
  return flag === undefined
    ? { source: lineOf(source, path) }
    : { flag, source: lineOf(source, [...path, 'flag']) };
}

/** Where the policy says so, `organization.yaml:31`. */
export function lineOf(source: YamlSource, path: KeyPath): string {
  const line = source.line(path);
  return line === undefined ? noneIn(source) : `${basename(source.file)}:${line}`;
}

function noneIn(source: YamlSource): string {
  return `${basename(source.file)}, which sets none`;
}
