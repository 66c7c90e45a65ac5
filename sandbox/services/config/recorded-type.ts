import type { Place, ResourcePlace } from '../../events';
import type { ApiAnswer, ApiCall } from '../../gateway/api';
import type { ClientsByPlace } from './account-clients';
import type { ConfigurationItem, LiveResource } from './configuration-item';

/** What has to be read again: everything, or the named parts of the resource only. */
export type Aspects = 'everything' | ReadonlySet<string>;

/** A resource that a call changed. */
export interface Touch extends ResourcePlace {
  aspects: Aspects;
}

/** One resource type that the sandbox's AWS Config can record. */
export interface RecordedType {
  /** For example `AWS::EC2::SecurityGroup`. */
  readonly resourceType: string;
  /** The resources of this type that a successful call changed; none for most calls. */
  touches(call: ApiCall, answer: ApiAnswer): Promise<Touch[]>;
  /** Ids of the resources of this type that exist in an account and Region. */
  list(place: Place): Promise<string[]>;
  /**
   * Reads the resource as it is now, as the account's administrator.
   *
   * @param previous how it was, for the parts that are not read again; undefined reads everything
   * @returns undefined when it is gone
   */
  read(
    resource: ResourcePlace,
    aspects: Aspects,
    previous: LiveResource | undefined,
  ): Promise<LiveResource | undefined>;
}

/** What recorded types work with. */
export interface RecordingParts {
  clients: ClientsByPlace;
  /** The newest item of each resource of a type that was recorded in a place. */
  latest(place: Place, resourceType: string): ConfigurationItem[];
  /** Where an account has a recorder. */
  placesOf(accountId: string): Place[];
}

/** Whether a part has to be read again. */
export function covers(aspects: Aspects, aspect: string): boolean {
  return aspects === 'everything' || aspects.has(aspect);
}

/** What two changes touch together. */
export function bothOf(one: Aspects | undefined, other: Aspects): Aspects {
  if (one === undefined) return other;
  return one === 'everything' || other === 'everything' ? 'everything' : new Set([...one, ...other]);
}
