import { basename } from 'node:path';
import { isMap, isNode, isScalar, parseDocument, type YAMLMap } from 'yaml';
import type { Organization } from '../services/organizations/organization';
import { alarms, hubAccount, regions, targets } from './organization';
import { idOf, slackSettings } from './policy';
import { ownKeys } from './policy-names';

/** A policy that a person wrote for the sandbox. */
export interface SandboxPolicyFile {
  /** What it is called in messages. */
  name: string;
  text: string;
}

/** What a policy's own keys are made from: ids by name. */
type Ids = Pick<Organization, 'organizationId' | 'managementAccountId' | 'accounts' | 'units'>;

/** Ids that no organization has, for checks that are made before there is one. */
export const placeholderIds: Ids = {
  organizationId: 'o-sandbox0000',
  managementAccountId: '100000000001',
  accounts: { [hubAccount]: '100000000002' },
  units: Object.fromEntries(targets.map((name, index) => [name, `ou-sand-0000000${index}`])),
};

/**
 * The text of a policy file with the sandbox's own keys in it. Every line keeps its number, so that errors and decisions name the lines
 * of the file. What is no YAML, or no policy at all, comes back as it is: whoever loads it says what is wrong.
 */
export function withOwnKeys(text: string, ids: Ids): string {
  const { contents, errors } = parseDocument(text, { version: '1.2', schema: 'core', uniqueKeys: false });
  if (errors.length > 0 || !isMap(contents)) return text;
  const own = ownValues(ids);
  const edits = ownKeys.flatMap((key) => placesOf(contents, key).map((place) => ({ ...place, key })));
  const there = new Set(edits.map(({ key }) => key));
  const missing = ownKeys.filter((key) => !there.has(key));
  let edited = text;
  for (const { from, to, key } of edits.sort((one, other) => other.from - one.from)) {
    const lines = text.slice(from, to).split('\n').length - 1;
    edited = `${edited.slice(0, from)}${entry(key, own[key])}${'\n'.repeat(lines)}${edited.slice(to)}`;
  }
  return missing.length === 0
    ? edited
    : added(
        edited,
        contents,
        missing.map((key) => entry(key, own[key])),
      );
}

/** What the file is called where the policy is deployed, so that decisions name it: `my-policy.yaml:12`. */
export function deployedName(name: string): string {
  const base = basename(name);
  return /^[\w.-]{1,60}\.ya?ml$/i.test(base) ? base : 'organization.yaml';
}

function ownValues(ids: Ids): Record<(typeof ownKeys)[number], unknown> {
  return {
    organization: { id: ids.organizationId, managementAccount: ids.managementAccountId },
    hub: { account: idOf(ids.accounts, hubAccount), region: regions[0], alarms },
    regions,
    targets: targets.map((name) => idOf(ids.units, name)),
    slack: slackSettings,
  };
}

/** JSON is YAML, on one line. */
function entry(key: string, value: unknown): string {
  return `${key}: ${JSON.stringify(value)}`;
}

/** From the key to the end of its value; several where it stands there several times, which is an error that stays. */
function placesOf(map: YAMLMap, wanted: string): { from: number; to: number }[] {
  return map.items.flatMap(({ key, value }) => {
    if (!isScalar(key) || key.value !== wanted || !key.range) return [];
    const end = isNode(value) && value.range ? value.range[1] : key.range[1];
    return [{ from: key.range[0], to: end }];
  });
}

/** At the end of the file, where no line changes its number; in a map in braces, at its beginning. */
function added(text: string, map: YAMLMap, entries: readonly string[]): string {
  const begin = map.range?.[0] ?? 0;
  if (map.flow) return `${text.slice(0, begin + 1)}${entries.join(', ')}, ${text.slice(begin + 1)}`;
  const indent = /[^\S\n]*$/.exec(text.slice(0, begin))?.[0] ?? '';
  const end = text === '' || text.endsWith('\n') ? '' : '\n';
  return `${text}${end}${entries.map((line) => `${indent}${line}\n`).join('')}`;
}
