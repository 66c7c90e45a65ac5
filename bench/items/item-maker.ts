/** Random choices. */
export interface RandomChoice {
  /** A number from 0, below the limit. */
  below(limit: number): number;
  oneOf<T>(list: readonly T[]): T;
  /** None to `most` of what `make` makes. */
  several<T>(most: number, make: () => T): T[];
}

/** What is a resource type's own in a configuration item. */
export interface OwnParts {
  resourceType: string;
  resourceId: string;
  resourceName?: string;
  /** The resource's ARN. */
  ARN: string;
  relationships?: readonly object[];
  configuration: object;
  supplementaryConfiguration: object;
}

/** Makes a resource of a type, as AWS Config records it. */
export type ItemMaker = (index: number, choice: RandomChoice) => OwnParts;
