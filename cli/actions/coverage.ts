import { isMissing } from '../../ledger/coverage/coverage-gaps';
import { type AskedPlaces, askCoverage } from '../../operator/coverage/ask-coverage';
import { printableJson } from '../../resources/kit/printable';
import { coverageJson } from '../coverage/coverage-json';
import { coverageText } from '../coverage/coverage-text';
import { hubOfPolicy } from '../hub-region';
import { namedScope, type ScopeOptions } from '../pause/scope-options';
import { say } from '../say';
import { standardOutput } from '../terminal';
import { type HubOptions, withHub } from '../with-hub';

/** The options of commands about watched places. */
export interface PlaceOptions extends ScopeOptions, HubOptions {
  resourceRegion?: string[];
  json?: boolean;
}

/**
 * Says who is watched, and what is not.
 * @returns the exit status
 */
export async function runCoverage(options: PlaceOptions): Promise<number> {
  const asked = askedPlaces(options);
  const coverage = await withHub(options, (hub) => askCoverage(hub, asked, hubOfPolicy(), new Date()));
  const { rows, names } = coverage;
  if (options.json)
    for (const row of rows) process.stdout.write(`${printableJson(coverageJson(row, names))}\n`);
  else say(coverageText(coverage, standardOutput()));
  return rows.some(isMissing) ? 1 : 0;
}

/** The places that the options name. */
export function askedPlaces({ resourceRegion, ...options }: PlaceOptions): AskedPlaces {
  return { ...namedScope(options), ...(resourceRegion && { regions: resourceRegion }) };
}
