import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { controls, customControls } from '../../controls/registry';
import { apiFormsTable } from './api-forms-table';
import { arrowsTable } from './arrows-table';
import { type Blocks, withBlocks } from './blocks';
import { controlBlocks, controlsTable, parametersList } from './control-blocks';
import {
  activityTable,
  costsSummary,
  costsTable,
  hubCostsTable,
  organizationTable,
  pricesTable,
  recordedCallsTable,
} from './costs-tables';
import { statesTable } from './states-table';

const root = join(__dirname, '..', '..');

/** The pages that hold something of the code, and what of it, by the name of its mark. */
export const madePages: Readonly<Record<string, Blocks>> = {
  'README.md': { controls: controlsTable(controls) },
  'docs/architecture.md': { arrows: arrowsTable() },
  'docs/command-line.md': { 'api-forms': apiFormsTable() },
  'docs/costs.md': {
    summary: costsSummary(),
    organization: organizationTable(),
    hub: hubCostsTable(),
    lines: costsTable(),
    recorded: recordedCallsTable(),
    activity: activityTable(),
    prices: pricesTable(),
  },
  'docs/policy.md': { parameters: parametersList(customControls) },
  'docs/how-it-works.md': { states: statesTable() },
  ...Object.fromEntries(
    controls.map((control) => [`docs/controls/${control.id}.md`, controlBlocks(control)]),
  ),
};

/** A page as it is, and as the code makes it. */
export function pageOf(path: string): { now: string; made: string } {
  const now = readFileSync(join(root, path), 'utf8');
  return { now, made: withBlocks(now, madePages[path] ?? {}) };
}

/** Writes anew what the code says on every page. @returns the pages that were not as the code makes them */
export function writePages(): string[] {
  return Object.keys(madePages).filter((path) => {
    const { now, made } = pageOf(path);
    if (now === made) return false;
    writeFileSync(join(root, path), made);
    return true;
  });
}
