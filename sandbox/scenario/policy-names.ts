import { lateAccount, type units as scenarioUnits, units } from './organization';

/** The keys of a policy that are the sandbox's own: whatever a file says of them is replaced. */
export const ownKeys = ['organization', 'hub', 'regions', 'targets', 'slack'] as const;

/** By what a policy names accounts and units here, for people. */
export function namesForPolicies(): string {
  return [
    `Accounts: ${[...accountNames(units), `${lateAccount.name} (created during the run)`].join(', ')}.`,
    `Units: ${unitPaths(units, '').join(', ')}.`,
    `The sandbox's own keys: ${ownKeys.join(', ')}. What a file says of them is replaced; everything else counts as it is written.`,
  ].join('\n');
}

type Units = typeof scenarioUnits;

function accountNames(tree: Units): string[] {
  return Object.values(tree).flatMap((unit) => [...unit.accounts, ...accountNames(unit.units ?? {})]);
}

function unitPaths(tree: Units, above: string): string[] {
  return Object.entries(tree).flatMap(([name, unit]) => [
    `${above}/${name}`,
    ...unitPaths(unit.units ?? {}, `${above}/${name}`),
  ]);
}
