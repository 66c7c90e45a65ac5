import type { AccountPreview } from '../../operator/deploy/account/account-preview';
import type { EarlierSet } from '../../operator/deploy/earlier-sets';
import type { DeployPreview, PreviewedSet, ResourceCount } from '../../operator/deploy/preview';
import { counted } from '../../operator/text/counted';
import { listed } from '../../operator/text/listed';
import { costLines } from '../cost/cost-lines';
import type { Terminal } from '../terminal';

/** What a deployment makes, where, what that may do, and what it is estimated to cost. Pure. */
export function previewText(
  preview: DeployPreview,
  hub: { account: string; region: string },
  { colours }: Pick<Terminal, 'colours'>,
): string {
  const { sets, pilot, notCovered, cost } = preview;
  const left = [...notCovered].map(([accountId, why]) => `  - ${accountId}: ${why}`);
  return [
    colours.bold(`What is deployed, by account ${hub.account} in ${hub.region}:`),
    `  - the hub: ${resourcesText(preview.hub)}`,
    ...sets.map(setText),
    ...(pilot.length > 0
      ? [`First to the pilot: ${listed(pilot)}. The rest follows only if the doctor finds it well.`]
      : []),
    ...(left.length > 0 ? ['Not covered:', ...left.slice(0, mostShown), ...more(left.length)] : []),
    'What it may change in members:',
    ...changesText(sets),
    'What it costs:',
    ...costLines(cost).map((line) => `  ${line}`),
  ].join('\n');
}

const mostShown = 10;

function more(count: number): string[] {
  return count > mostShown ? [`  and ${count - mostShown} more`] : [];
}

function setText({ name, accounts, instances, resources }: PreviewedSet): string {
  const where = `${counted(accounts.length, 'account')}, ${counted(instances, 'stack')}`;
  return `  - ${name}: up to ${where}, each ${resourcesText(resources)}`;
}

/** What goes first of an earlier version, and what nobody watches meanwhile. Pure. */
export function earlierSetsText(sets: readonly EarlierSet[]): string {
  const accounts = Math.max(...sets.map(({ accounts }) => accounts));
  return [
    'Before that the stack sets of an earlier version are removed, whose roles and rules have the same names:',
    ...sets.map(({ name, stacks }) => `  - ${name}: ${counted(stacks, 'stack')}`),
    `Until the new ones are there, for as long as CloudFormation takes for both, nothing is watched and nothing is fixed in ${counted(accounts, 'account')}. Findings are kept, and tried again; what happens meanwhile is found by the new rules' first evaluation, and by the patrol.`,
  ].join('\n');
}

/** What an account's own stacks make, and what that may do. Pure. */
export function accountPreviewText(
  { regions, mayChange }: AccountPreview,
  account: string,
  { colours }: Pick<Terminal, 'colours'>,
): string {
  return [
    colours.bold(`What is deployed into account ${account}:`),
    ...regions.map(({ region, resources }) => `  - ${region}: ${resourcesText(resources)}`),
    'What Staunch may change there:',
    mayChange.length === 0 ? `  ${nothingText}` : `  - ${mayChange.join(', ')}`,
  ].join('\n');
}

const nothingText = 'nothing: no role that can change a resource is deployed';

function resourcesText(resources: readonly ResourceCount[]): string {
  const all = resources.reduce((sum, { count }) => sum + count, 0);
  const largest = resources
    .toSorted((one, other) => other.count - one.count)
    .map(({ type, count }) => `${count} ${type}`);
  return `${counted(all, 'resource')} (${listed(largest)})`;
}

function changesText(sets: readonly PreviewedSet[]): string[] {
  const writing = sets.filter(({ name }) => name.includes('-remediation'));
  if (writing.length === 0) return [`  ${nothingText}`];
  return writing.map(({ name, mayChange }) => `  - ${name}: ${mayChange.join(', ')}`);
}
