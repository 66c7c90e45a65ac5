import { rootPath } from './formats';
import type { AccountPlace, PlaceUnit } from './place';
import type { SavedAccount, SavedStructure, SavedUnit } from './saved-structure';

/** Looks up what lies where in a structure; each lookup is made once. */
export class StructurePlaces {
  private readonly units: ReadonlyMap<string, SavedUnit>;
  private readonly chains = new Map<string, readonly PlaceUnit[]>();
  private readonly names = new Map<string, number>();
  private readonly nested: ReadonlyMap<string, readonly string[]>;
  private readonly direct: ReadonlyMap<string, readonly SavedAccount[]>;

  constructor(readonly structure: SavedStructure) {
    this.units = new Map(structure.units.map((unit) => [unit.id, unit]));
    this.nested = grouped(structure.units, ({ id }) => id);
    this.direct = grouped(structure.accounts, (account) => account);
    for (const { name } of structure.accounts) this.names.set(name, (this.names.get(name) ?? 0) + 1);
  }

  /** A unit, or the root, and what it lies under, the root last. */
  chainOf(unitId: string): readonly PlaceUnit[] {
    const known = this.chains.get(unitId);
    if (known) return known;
    const unit = this.units.get(unitId);
    const chain = unit
      ? [{ id: unit.id, name: unit.name }, ...this.chainOf(unit.parentId)]
      : [{ id: this.structure.rootId }];
    this.chains.set(unitId, chain);
    return chain;
  }

  /** Where an account lies, with all names. */
  placeOf({ id, name, parentId }: SavedAccount): AccountPlace {
    return { accountId: id, name, sameName: this.names.get(name) ?? 1, path: this.chainOf(parentId) };
  }

  /** The units that lie directly under a unit, or the root. */
  unitsIn(unitId: string): readonly string[] {
    return this.nested.get(unitId) ?? [];
  }

  /** The accounts that lie directly under a unit, or the root. */
  accountsIn(unitId: string): readonly SavedAccount[] {
    return this.direct.get(unitId) ?? [];
  }

  /** Ids of the units that have a path; several where names hold slashes. */
  unitsAt(path: string): string[] {
    if (path === rootPath) return [this.structure.rootId];
    return this.structure.units.filter(({ id }) => this.pathOf(id) === path).map(({ id }) => id);
  }

  /** Whether there is such a unit, or it is the root. */
  hasUnit(id: string): boolean {
    return id === this.structure.rootId || this.units.has(id);
  }

  private pathOf(unitId: string): string {
    const names = this.chainOf(unitId).slice(0, -1);
    return `/${names
      .map(({ name }) => name)
      .reverse()
      .join('/')}`;
  }
}

function grouped<Item extends { parentId: string }, Value>(
  items: readonly Item[],
  taken: (item: Item) => Value,
): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const item of items) {
    const group = groups.get(item.parentId);
    if (group) group.push(taken(item));
    else groups.set(item.parentId, [taken(item)]);
  }
  return groups;
}
