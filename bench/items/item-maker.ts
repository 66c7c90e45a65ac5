/** Random choices. */
export interface RandomChoice {
  /** A number from 0, below the limit. */
  below(limit: number): number;
  oneOf<T>(list: readonly T[]): T;
  /** None to `most` of what `make` makes. */
  several<T>(most: number, make: () => T): T[];
}

/** Makes what is a resource type's own in a configuration item. */
export type ItemMaker = (index: number, choice: RandomChoice) => Record<string, unknown>;
