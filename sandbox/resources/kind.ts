import type { Json } from '../../core/json';
import type { FixableResourceType } from '../../resources/resource-types';
import type { AccountClients } from '../account-clients';
import type { Telling } from '../lost';

/** What is planted where, under a name that is unique in the run. */
export interface PlantingPlace {
  clients: AccountClients;
  /** Lower-case words joined by hyphens; becomes the group's or, with the account id, the bucket's name. */
  name: string;
}

/** A kind of resource that the scenario plants. */
export interface ResourceKind {
  resourceType: FixableResourceType;
  control: string;
  /** What is wrong with it, in a few words; or, for a harmless one, why it is none of Staunch's business. */
  text: string;
  /** Makes the resource, through ordinary calls. Returns its id. */
  plant(place: PlantingPlace): Promise<string>;
  /** What `read` must answer as long as nobody touched the resource. Known beforehand: a fix may come first. */
  planted(place: PlantingPlace): Json;
  /** Everything about the resource that a fix could touch, read back through the AWS API; undefined when it is gone. */
  read(clients: AccountClients, resourceId: string): Promise<Json | undefined>;
}

/** A dangerous kind also knows what must be left of it after a fix. */
export interface DangerousKind extends ResourceKind {
  /** What `read` must answer after the smallest fix. Written out by hand, not made by the planner. */
  healed(place: PlantingPlace): Json;
  /** True where the danger cannot be taken alone, so that the plan waits for approval even under `on`. */
  lossy: boolean;
  /** What does not tell of its planting; everything does where it is left out. */
  lost?: readonly Telling[];
}

/** What is planted in one account and Region, by the names of kinds. */
export interface Planting<Dangerous extends string = string, Harmless extends string = string> {
  /** Name of the account in the sandbox's organization. */
  account: string;
  region: string;
  dangerous: readonly Dangerous[];
  harmless: readonly Harmless[];
}

/** What the scenario plants of one resource type. A name is one kind's alone, over all types. */
export interface PlantedType<Dangerous extends string = string, Harmless extends string = string> {
  dangerous: Readonly<Record<Dangerous, DangerousKind>>;
  /** Resources that look similar and must not be touched. */
  harmless: Readonly<Record<Harmless, ResourceKind>>;
  /** What stands before Staunch watches: something in accounts with each flag, in both Regions. */
  plantings: readonly Planting<Dangerous, Harmless>[];
  /** What is planted in the account that joins during the run. */
  late: Pick<Planting<Dangerous, Harmless>, 'dangerous' | 'harmless'>;
}

/** Checks that plantings name kinds that there are. */
export function plantedType<Dangerous extends string, Harmless extends string>(
  type: PlantedType<Dangerous, Harmless>,
): PlantedType {
  return type;
}
