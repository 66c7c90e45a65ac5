import * as z from 'zod/mini';
import { deputyCountsSchema } from './deputy-count';
import { accountIdPattern, regionPattern } from './finding';
import { probeMarkPattern } from './probe';
import { publicBlockSchema } from './public-block';

/** Version of the patrol message that this code writes and reads. */
export const patrolVersion = 1;

/** AWS's page tokens are opaque, and their lengths are not told; a message has room for this one many times over. */
export const longestPageToken = 16_384;

const typeName = z.string().check(z.minLength(1), z.maxLength(128));

/** Where a walk of an account and Region goes on. */
export const patrolPositionSchema = z.object({
  resourceType: typeName,
  /** AWS's, from the last answer; null begins with the type's first page. */
  token: z.nullable(z.string().check(z.minLength(1), z.maxLength(longestPageToken))),
  /** How many resources of the type were read before; none where it is left out. */
  resources: z.exactOptional(z.int().check(z.minimum(0))),
  /** What the controls of the type reported of those; nothing where it is left out. */
  deputies: z.exactOptional(deputyCountsSchema),
  /** What was read of the setting that blocks public access to the type; absent where nothing was. */
  block: z.exactOptional(publicBlockSchema),
});

/** Where a walk goes on, parsed. */
export type PatrolPosition = z.infer<typeof patrolPositionSchema>;

/** A message of the patrol's queue: one account and Region to walk, or what is left of them. */
export const patrolMessageSchema = z.object({
  version: z.literal(patrolVersion),
  type: z.literal('patrol'),
  accountId: z.string().check(z.regex(accountIdPattern)),
  region: z.string().check(z.regex(regionPattern), z.maxLength(32)),
  /**
   * Walks these types only; every type where it is left out. A message that names types, and begins a walk, is bound together with
   * others: something may ask in a loop.
   */
  resourceTypes: z.exactOptional(z.array(typeName).check(z.minLength(1), z.maxLength(100))),
  /** What is left of an earlier message's walk; the whole where it is left out. */
  from: z.exactOptional(patrolPositionSchema),
  /**
   * ISO 8601: when the message was written, and with `from`, when the walk began. Whatever was so by then is seen once the walk is
   * through.
   */
  startedAt: z.iso.datetime(),
});

/** A message of the patrol's queue that asks for no walk: the walker sends the mark on, with a session of the place. */
export const patrolProbeSchema = z.object({
  version: z.literal(patrolVersion),
  type: z.literal('probe'),
  accountId: z.string().check(z.regex(accountIdPattern)),
  region: z.string().check(z.regex(regionPattern), z.maxLength(32)),
  mark: z.string().check(z.regex(probeMarkPattern)),
});

/** A probe of the patrol's queue, parsed. */
export type PatrolProbe = z.infer<typeof patrolProbeSchema>;

/** A message of the patrol's queue, parsed. */
export type PatrolMessage = z.infer<typeof patrolMessageSchema>;
