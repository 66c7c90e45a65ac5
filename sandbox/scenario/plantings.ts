import type { DangerousKind, Planting, ResourceKind } from '../resources/kind';
import { plantedTypes } from '../resources/planted';
import { lateAccount, regions } from './organization';

const dangerousKinds = byName(plantedTypes.map(({ dangerous }) => dangerous));
const harmlessKinds = byName(plantedTypes.map(({ harmless }) => harmless));

/** The dangerous kind of this name. */
export function dangerousKind(name: string): DangerousKind {
  return named(dangerousKinds, name);
}

/** The harmless kind of this name. */
export function harmlessKind(name: string): ResourceKind {
  return named(harmlessKinds, name);
}

/** What the scenario breaks before it watches: something in accounts with each flag, in both Regions. */
export const plantings: readonly Planting[] = plantedTypes.flatMap((type) => type.plantings);

/** What is planted in the account that joins during the run. */
export const latePlanting: Planting = {
  account: lateAccount.name,
  region: regions[0],
  dangerous: plantedTypes.flatMap(({ late }) => late.dangerous),
  harmless: plantedTypes.flatMap(({ late }) => late.harmless),
};

function byName<Kind>(tables: readonly Readonly<Record<string, Kind>>[]): ReadonlyMap<string, Kind> {
  const found = new Map<string, Kind>();
  for (const [name, kind] of tables.flatMap((table) => Object.entries(table))) {
    if (found.has(name)) throw new Error(`Two kinds of planted resources are called ${name}.`);
    found.set(name, kind);
  }
  return found;
}

function named<Kind>(kinds: ReadonlyMap<string, Kind>, name: string): Kind {
  const kind = kinds.get(name);
  if (kind === undefined) throw new Error(`No kind of planted resources is called ${name}.`);
  return kind;
}
