import * as z from 'zod/mini';
import { deputyCountsSchema } from '../../core/deputy-count';
import { accountIdPattern, regionPattern } from '../../core/finding';
import { patrolPositionSchema } from '../../core/patrol-message';
import { probeMarkPattern } from '../../core/probe';
import { publicBlockSchema } from '../../core/public-block';

const typeName = z.string().check(z.minLength(1), z.maxLength(128));
const credential = z.string().check(z.minLength(1));

/** What the dispatcher asks of the walker. Never stored or logged: it holds credentials. */
export const walkRequestSchema = z.object({
  version: z.literal(1),
  accountId: z.string().check(z.regex(accountIdPattern)),
  region: z.string().check(z.regex(regionPattern)),
  /** Walked in this order. */
  resourceTypes: z.array(typeName).check(z.minLength(1)),
  /** Names one of them; what stands before it was walked. */
  from: z.exactOptional(patrolPositionSchema),
  credentials: z.object({
    accessKeyId: credential,
    secretAccessKey: credential,
    sessionToken: credential,
  }),
});

/** What the dispatcher asks of the walker, parsed. */
export type WalkRequest = z.infer<typeof walkRequestSchema>;

/** What the dispatcher asks of the walker for a probe: to read the trails, and to send the mark on. Never stored or logged. */
export const probeRequestSchema = z.object({
  ...z.pick(walkRequestSchema, { version: true, accountId: true, region: true, credentials: true }).shape,
  mark: z.string().check(z.regex(probeMarkPattern)),
});

/** What the dispatcher asks of the walker for a probe, parsed. */
export type ProbeRequest = z.infer<typeof probeRequestSchema>;

/** Words of AWS that are longer are cut. */
export const longestWords = 300;

/** What the walker answers. It handles text of strangers, so that the dispatcher believes nothing that is not of this form. */
export const walkAnswerSchema = z.object({
  version: z.literal(1),
  /**
   * Types of which every page was read, with how many resources there were, what their controls report of them, and the setting that
   * blocks public access to them.
   */
  covered: z.array(
    z.object({
      type: typeName,
      resources: z.int().check(z.minimum(0)),
      deputies: z.exactOptional(deputyCountsSchema),
      block: z.exactOptional(publicBlockSchema),
    }),
  ),
  /** Types that could not be walked, with AWS's words. */
  notCovered: z.array(z.object({ type: typeName, words: z.string().check(z.maxLength(longestWords)) })),
  /** What is left: this type from here on, and those after it. */
  next: z.exactOptional(patrolPositionSchema),
  /** What was read of the trails; absent where a walk goes on. */
  trail: z.exactOptional(
    z.union([
      z.object({ isLogging: z.boolean() }),
      z.object({ words: z.string().check(z.maxLength(longestWords)) }),
    ]),
  ),
  /** How many looks were asked for; for the log. */
  looks: z.int().check(z.minimum(0)),
});

/** What the walker answers to a probe: AWS's words where it did not answer in the place, so that nothing was sent on. */
export const probeAnswerSchema = z.object({
  version: z.literal(1),
  words: z.exactOptional(z.string().check(z.maxLength(longestWords))),
});

/** What the walker answers to a probe, parsed. */
export type ProbeAnswer = z.infer<typeof probeAnswerSchema>;

/** What the walker answers, parsed. */
export type WalkAnswer = z.infer<typeof walkAnswerSchema>;
