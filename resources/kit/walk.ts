import { RefusedError, ResourceInputError } from '../../core/errors';
import type { SessionCredentials } from '../../core/remediation';
import type { FixableResourceType } from '../resource-types';
import { isRefusal } from './aws-error';
import { TornReadingError } from './live-resource';
import type { ResourcePlace } from './resource-place';

/** What it takes to read every resource of a type in one account and Region. */
export interface WalkAccess {
  place: ResourcePlace;
  credentials: SessionCredentials;
  /** Fires when the function is about to run out of time. */
  signal: AbortSignal;
  /** The sets of parameters by which the resources will be judged: what none of them asks for has not to be read. Default: none. */
  parameterSets?: readonly unknown[];
}

/** One of the resources: as AWS answered just now, or why it could not be read. */
export type Walked<Resource = unknown> = { id: string } & ({ resource: Resource } | { problem: unknown });

/** Some of the resources. */
export interface WalkedPage<Resource = unknown> {
  walked: Walked<Resource>[];
  /**
   * Whether a setting keeps new public access to every resource of the type out, in the account or in its Region; absent where the type
   * has no such setting.
   */
  isBlocked?: boolean;
  /** Begins the next page; absent on the last one. */
  next?: string;
}

/** A walk through the resources of one type in one account and Region. */
export interface Walk<Resource = unknown> {
  /**
   * Reads a page. A resource that AWS refuses to show, or that nobody understands, is a problem of that one alone; a resource that
   * goes meanwhile is left out.
   * @param token of an earlier page, maybe of an earlier session; undefined for the first page
   * @throws AWS's own error when the list is refused, or nobody answers in time: nothing of the page counts then
   */
  page(token: string | undefined): Promise<WalkedPage<Resource>>;
  /** Closes connections. */
  close(): void;
}

/** How the resources of one type are walked. */
export interface TypeWalk<Resource = unknown> {
  resourceType: FixableResourceType;
  open(access: WalkAccess): Walk<Resource>;
}

/** How many resources of a page are read at a time. */
const atOnce = 5;

/**
 * Reads the resources of a page, some at a time.
 * @param read answers `gone` for one that is not there any more
 * @throws what `read` throws, unless it is about that one resource alone
 */
export async function walkEach<Resource>(
  ids: readonly string[],
  read: (id: string) => Promise<Resource | 'gone'>,
): Promise<Walked<Resource>[]> {
  const walked: (Walked<Resource> | undefined)[] = [];
  const waiting = ids.entries();
  const work = async () => {
    for (const [index, id] of waiting) walked[index] = await walkOne(id, read);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return walked.filter((one) => one !== undefined);
}

async function walkOne<Resource>(
  id: string,
  read: (id: string) => Promise<Resource | 'gone'>,
): Promise<Walked<Resource> | undefined> {
  try {
    const resource = await read(id);
    return resource === 'gone' ? undefined : { id, resource: resource as Resource };
  } catch (error) {
    if (!isOfOneResource(error)) throw error;
    return { id, problem: error };
  }
}

function isOfOneResource(error: unknown): boolean {
  return (
    error instanceof ResourceInputError ||
    error instanceof RefusedError ||
    error instanceof TornReadingError ||
    isRefusal(error)
  );
}
