import type { Flag } from '../../core/report';
import type { Planting } from '../resources/kind';
import type { Sandbox } from '../sandbox';
import { WaitedTooLongError, waitUntil } from '../wait';
import { judgeResource, lastReport, type Outcome } from './judgement';
import { expectedFlags, lateAccount } from './organization';
import { type PlantedResource, plantAll } from './planted';
import { latePlanting, plantings } from './plantings';
import { isFound } from './stages';

/** What a run of the scenario found. */
export interface ScenarioResult {
  /** Whether every resource, and every finding, is as it must be. */
  ok: boolean;
  outcomes: Outcome[];
  /** What is wrong beyond a single resource. */
  problems: string[];
}

/** What is planted, and how long to wait; a test may plant less. */
export interface ScenarioOptions {
  plantings?: readonly Planting[];
  /** Planted in the account that is created during the run; null for no such account. */
  latePlanting?: Planting | null;
  /** How long to wait until everything is healed, in milliseconds. */
  limit?: number;
  /** The policy is not the scenario's: see `judgeResource`. */
  anyPolicy?: boolean;
  /** Hears what the run is about to do. */
  say?: (text: string) => void;
}

/** Long enough for a slow machine; a run that is well takes a fraction of it. */
const defaultLimit = 60_000;

/**
 * Breaks the organization, waits until it has healed, creates one more account on the way, and compares the resources
 * themselves with what must have become of them.
 * @throws the sandbox's first failure
 */
export async function runScenario(sandbox: Sandbox, options: ScenarioOptions = {}): Promise<ScenarioResult> {
  const { say = () => {}, limit = defaultLimit, anyPolicy = false } = options;
  const late = options.latePlanting === undefined ? latePlanting : options.latePlanting;
  const first = options.plantings ?? plantings;
  say(`Planting ${count(first)} …`);
  const planted = await plantAll(first, sandbox.clients, flagOf);
  if (late !== null) {
    say(`Creating the account ${lateAccount.name} in ${lateAccount.unit} …`);
    await sandbox.addAccount(lateAccount.name, lateAccount.unit);
    say(`Planting ${count([late])} in it …`);
    planted.push(...(await plantAll([late], sandbox.clients, flagOf)));
  }
  const problems = await heal(sandbox, planted, limit, anyPolicy, say);
  const outcomes = await Promise.all(
    planted.map((resource) => judgeResource(resource, sandbox.log.events, anyPolicy)),
  );
  return {
    ok: problems.length === 0 && outcomes.every((outcome) => outcome.problems.length === 0),
    outcomes,
    problems,
  };
}

/** Waits until every finding is decided and told, and nothing runs; what does not happen in time is a problem, not an error. */
async function heal(
  sandbox: Sandbox,
  planted: PlantedResource[],
  limit: number,
  anyPolicy: boolean,
  say: (text: string) => void,
): Promise<string[]> {
  const { log, failures } = sandbox;
  const waitFor = async (what: string, condition: () => boolean | Promise<boolean>): Promise<string[]> => {
    try {
      await waitUntil(what, condition, failures, limit);
      return [];
    } catch (error) {
      if (error instanceof WaitedTooLongError) return [error.message];
      throw error;
    }
  };
  const isDecided = (resource: PlantedResource) =>
    anyPolicy
      ? isFound(resource, log.events)
      : lastReport(resource, log.events)?.state === resource.expectedState;
  const dangerous = planted.filter((resource) => resource.dangerous);
  const areDecided = (resources: readonly PlantedResource[]) => () => resources.every(isDecided);
  const told = dangerous.filter(({ expectedDetector }) => expectedDetector !== 'patrol');
  const problems = await waitFor('every finding of which AWS told was decided', areDecided(told));
  // It comes last, so that each run shows what it alone finds.
  say('The patrol goes through every account …');
  sandbox.startPatrol();
  return [
    ...problems,
    ...(await waitFor('every finding was decided', areDecided(dangerous))),
    ...(await waitFor('nothing was running', sandbox.calm)),
  ];
}

function flagOf(account: string): Flag {
  const flag = expectedFlags[account];
  if (flag === undefined) throw new Error(`The scenario does not say which flag the account ${account} has`);
  return flag;
}

function count(list: readonly Planting[]): string {
  const dangerous = list.reduce((sum, planting) => sum + planting.dangerous.length, 0);
  const harmless = list.reduce((sum, planting) => sum + planting.harmless.length, 0);
  return `${dangerous} dangerous resources and ${harmless} harmless neighbours`;
}
