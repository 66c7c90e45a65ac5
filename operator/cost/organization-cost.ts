import { type RecorderMode, recorderModes } from '../../config/recorder';
import { type CostLine, detectorCosts, patrolOfHundred } from './detector-costs';
import { hubCosts } from './hub-costs';
import { dollarsOf } from './unit-prices';

/** How many accounts are watched, by whose recorder stands in them. */
export type WatchedAccounts = Readonly<Record<RecorderMode, number>>;

/** What an organization pays for Staunch in a month, in dollars. */
export interface OrganizationCost {
  /** On the bills of all watched accounts together, by whose recorder stands in them. */
  members: Readonly<Record<RecorderMode, number>>;
  /** On the hub's bill, for what the accounts cause. */
  hubForAccounts: number;
  /** On the hub's bill, however many accounts are watched. */
  hubItself: number;
  total: number;
}

/**
 * What an account costs in a month, on its own bill and the hub's, in dollars. With a recorder of its own Staunch causes AWS Config's
 * items; where another one stands, these are paid already, and Staunch causes the evaluations; with none it causes neither.
 * @param regions how many are watched
 */
export function accountCost(recorder: RecorderMode, regions: number): { member: number; hub: number } {
  const lines = detectorCosts().filter((line) => isCaused(line, recorder));
  const paidBy = (payer: CostLine['payer']) =>
    lines.filter((line) => line.payer === payer).reduce((sum, line) => sum + dollarsIn(line, regions), 0);
  return { member: paidBy('member'), hub: paidBy('hub') };
}

/**
 * What an organization pays in a month. Pure.
 * @param regions how many are watched
 */
export function organizationCost(accounts: WatchedAccounts, regions: number): OrganizationCost {
  const costs = recorderModes.map((mode) => ({ mode, count: accounts[mode], ...accountCost(mode, regions) }));
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  const membersOf = (wanted: RecorderMode) =>
    sum(costs.filter(({ mode }) => mode === wanted).map(({ count, member }) => count * member));
  const members = { own: membersOf('own'), existing: membersOf('existing'), none: membersOf('none') };
  const hubForAccounts = sum(costs.map(({ count, hub }) => count * hub));
  const hubItself = sum(hubCosts().map(dollarsOf));
  return {
    members,
    hubForAccounts,
    hubItself,
    total: sum(Object.values(members)) + hubForAccounts + hubItself,
  };
}

/** What only a recorder of Staunch's own causes. */
const ofRecorder: readonly CostLine['unit'][] = ['configuration item', 'S3 put request'];

function isCaused({ detector, unit }: CostLine, recorder: RecorderMode): boolean {
  if (detector !== 'rule' || recorder === 'own') return true;
  return recorder === 'existing' && !ofRecorder.includes(unit);
}

/** What happens in an account does not grow with its watched Regions; what the patrol walks does. */
function dollarsIn(line: CostLine, regions: number): number {
  return dollarsOf(line) * (line.detector === 'patrol' ? regions / patrolOfHundred.regions : 1);
}
