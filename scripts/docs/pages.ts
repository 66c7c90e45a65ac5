import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { controls, customControls } from '../../controls/registry';
import { apiFormsTable } from './api-forms-table';
import { arrowsTable } from './arrows-table';
import { type Blocks, withBlocks } from './blocks';
import { controlBlocks, controlsTable, parametersList } from './control-blocks';
import {
  activityTable,
  changesTable,
  costsSummary,
  costsTable,
  hubCostsTable,
  organizationTable,
  pricesTable,
  recordedCallsTable,
} from './costs-tables';
import { findingEventJsonSchema, findingEventTable } from './finding-event';
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
    changes: changesTable(),
  },
  'docs/policy.md': { parameters: parametersList(customControls) },
  'docs/integrations.md': { event: findingEventTable() },
  'docs/how-it-works.md': { states: statesTable() },
  ...Object.fromEntries(
    controls.map((control) => [`docs/controls/${control.id}.md`, controlBlocks(control)]),
  ),
};

/** Files that are wholly made of the code. */
export const madeFiles: Readonly<Record<string, () => string>> = {
  'docs/finding-event.schema.json': findingEventJsonSchema,
};

/** A page as it is, and as the code makes it. */
export function pageOf(path: string): { now: string; made: string } {
  const now = readFileSync(join(root, path), 'utf8');
  return { now, made: withBlocks(now, madePages[path] ?? {}) };
}

/** Writes anew what the code says on every page. @returns the pages that were not as the code makes them */
export function writePages(): string[] {
  const written = Object.keys(madePages).filter((path) => {
    const { now, made } = pageOf(path);
    return now !== made && write(path, made);
  });
  const files = Object.entries(madeFiles).filter(
    ([path, make]) => fileOf(path) !== make() && write(path, make()),
  );
  return [...written, ...files.map(([path]) => path)];
}

/** A file as it is; nothing where there is none. */
export function fileOf(path: string): string {
  const file = join(root, path);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function write(path: string, text: string): true {
  writeFileSync(join(root, path), text);
  return true;
}
