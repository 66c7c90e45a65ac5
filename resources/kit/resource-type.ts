import type { JsonObject } from '../../core/json';
import type { Partition } from '../../core/partition';
import type { Permission } from '../../core/permission';
import type { Change } from '../../core/plan';
import type { DiffLine } from './diff-line';
import type { IdForm } from './id-form';
import type { Fields } from './input';
import type { ResourcePlace } from './resource-place';
import type { TrailEvents } from './trail-events';

/** What the ids of a resource type look like. */
export interface ResourceIds {
  /**
   * An id ends up in session policies, where `*`, `?` and `$` would widen what a session may touch, and in the ledger's keys,
   * which `#` joins: an id has none of them.
   */
  pattern: RegExp;
  /** The same, for telling whether a pattern can mean an id. */
  form: IdForm;
  /** What an id names, for people: `a bucket`. */
  noun: string;
  /** What an id is, for people: `a bucket's name`. */
  idNoun: string;
  /** Whether a text names a resource of this type, also where it does so by something else than the id: its ARN, for example. */
  isNamedBy(text: string): boolean;
  /**
   * What would be right in place of a text that can be no id of this type.
   * @param text may hold `*`
   * @returns a sentence for people
   */
  instead(text: string): string;
  /** Whether the id's own words say that the resource lies in a place. Absent where an id does not say where it lies. */
  isAt?(id: string, place: ResourcePlace): boolean;
}

/** What is known of a resource type without reading a resource: all that the coordinator and the templates need. */
export interface ResourceFacts {
  /** AWS's name of the type, for example `AWS::S3::Bucket`. */
  type: string;
  /** Names the remediation function, and the type's folder here. */
  slug: string;
  ids: ResourceIds;
  /**
   * Where a resource lies, for session policies and reports; with `*` in place of a Region or an id a pattern of many.
   * @param region a Region, or `*`
   */
  arn(accountId: string, region: string, resourceId: string, partition?: Partition): string;
  /** What reading one takes. */
  readPermissions: readonly Permission[];
  /** What reading every one in an account and Region takes: actions that list, describe and get what decides, and no data. */
  patrolPermissions: readonly Permission[];
  trail: TrailEvents;
  /** Whether AWS Config records the type, with what decides; no rule can watch one that it does not. */
  isRecorded: boolean;
  /** The setting that keeps everybody out of every resource of the type; absent where AWS has none. */
  publicBlock?: PublicBlockFacts;
}

/** A setting of AWS that keeps everybody out of every resource of a type. */
export interface PublicBlockFacts {
  /** What AWS calls it, for people. */
  name: string;
  /** Whether it is one of an account in a Region, or of the account in all of them. */
  of: 'region' | 'account';
  /** What else it closes that nobody here looks at, for people; absent where there is nothing. */
  unseen?: string;
}

/** How the model of a resource is filled from what AWS Config hands over. Pure; rule functions hold it. */
export interface ConfigurationItems<Resource = unknown> {
  /**
   * Fills the model from a configuration item, in every form in which AWS Config hands it over.
   * @throws ResourceInputError when the item cannot be understood; it says what and where.
   */
  fromConfigurationItem(item: unknown): Resource;
  /**
   * Prefixes of the keys of a configuration item's `configurationItemDiff.changedProperties` that can change the model. A
   * change of only other properties sends no finding again.
   */
  relevantChanges: readonly string[];
}

/** A row of a query over configuration items, whose fields are there or not. */
export interface ItemRow {
  id: string | undefined;
  configuration: Fields;
  supplement: Fields;
}

/** How people's tools hand over resources of a type: AWS's answers, and rows of queries that do not say what they are. */
export interface HandedOverForms<Resource = unknown> {
  /**
   * Fills the model from what AWS's API answers.
   * @throws ResourceInputError when it cannot be understood
   */
  fromApi(answer: unknown): Resource;
  /** The id in such an answer, or what names its resource; anything else where it holds none. It throws for no answer. */
  apiId(answer: Fields): unknown;
  /** Whether a value can only be such an answer: by what answers about no other type hold. False where that is not sure. */
  isApiAnswer(fields: Fields): boolean;
  /** The key under which the aws command line lists answers, where it lists them. */
  apiList?: string;
  /** Whether a row, which does not say of what type it is, is one of this type. */
  fits(row: ItemRow): boolean;
  /** The id or name in a row's configuration, where it has one. */
  idIn(configuration: Fields): unknown;
  /** The row with an id where the model looks for it, which it is not filled without. */
  withId(fields: Fields, configuration: Fields, id: string): Fields;
}

/** How a resource type is shown to people: lines that are the same for the same meaning, and printable. */
export interface Shown {
  /**
   * A saved state.
   * @throws ResourceInputError when it cannot be understood
   */
  savedLines(saved: JsonObject): string[];
  /**
   * A change of a plan or an undo as a diff.
   * @returns undefined where its sentence says all
   * @throws anything where another version wrote it
   */
  changeLines(change: Change): DiffLine[] | undefined;
}

/** All that is known of a resource type, and pure. What calls AWS is its adapter's. */
export interface ResourceType<Resource = unknown>
  extends ResourceFacts,
    ConfigurationItems<Resource>,
    HandedOverForms<Resource>,
    Shown {
  /** The resource as it is after changes of a plan. */
  applyChanges(resource: Resource, changes: readonly Change[]): Resource;
}
