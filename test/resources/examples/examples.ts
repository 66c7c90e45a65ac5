import type { JsonObject } from '../../../core/json';
import type { ResourcePlace } from '../../../resources/kit/resource-place';

/** A resource as AWS's API answers about it. */
export interface Example {
  /** Id of the control by which it is dangerous, or harmless. */
  control: string;
  /** Default: the control's own. */
  parameters?: JsonObject;
  /**
   * What `fromApi` reads.
   * @param words a stranger's text, where owners may write one: a description, a Sid, a name
   */
  answer(words: string): JsonObject;
}

/** What the shared suite holds a resource type against. Written by hand, so that the type is not held against itself. */
export interface TypeExamples {
  /** Ids that resources may have, in the given place. */
  ids(place: ResourcePlace): readonly string[];
  /** The longest of them. */
  longestId(place: ResourcePlace): string;
  /** Texts that are ids of no resource, for example one that names two. */
  noIds: readonly string[];
  /** Resources that some control finds dangerous, by what they are. */
  dangers: Readonly<Record<string, Example>>;
  /** Resources that look similar, and that no control may touch. */
  neighbours: Readonly<Record<string, Example>>;
  /** The same resource as a configuration item, as a rule receives it; of each type that AWS Config records. */
  item?(answer: JsonObject): JsonObject;
  /** Keys of a saved state whose values AWS chooses anew when what a fix took comes back. */
  chosenByAws?: readonly string[];
}
