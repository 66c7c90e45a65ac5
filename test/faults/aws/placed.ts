/** What lies in an account's Region. */
interface Located {
  readonly accountId: string;
  readonly region: string;
}

/** Resources by their id, of which those of one account and Region are found without going through all. */
export class Placed<Resource extends Located> {
  readonly #byId = new Map<string, Resource>();
  readonly #ids = new Map<string, Set<string>>();

  get(id: string): Resource | undefined {
    return this.#byId.get(id);
  }

  /** Adds one, or replaces it. */
  set(id: string, resource: Resource): void {
    this.delete(id);
    this.#byId.set(id, resource);
    const key = keyOf(resource);
    const ids = this.#ids.get(key) ?? new Set();
    this.#ids.set(key, ids.add(id));
  }

  delete(id: string): void {
    const resource = this.#byId.get(id);
    if (resource) this.#ids.get(keyOf(resource))?.delete(id);
    this.#byId.delete(id);
  }

  /** The ids of an account's resources in a Region, in their order. */
  idsIn(place: Located): string[] {
    return [...(this.#ids.get(keyOf(place)) ?? [])].sort();
  }
}

function keyOf({ accountId, region }: Located): string {
  return `${accountId} ${region}`;
}
