import * as z from 'zod/mini';
import { parsedJson } from '../../../core/parsed-json';
import type { PostHint } from '../../../ledger/cards/post-hints';

const hintSchema = z.object({
  channel: z.string().check(z.minLength(1), z.maxLength(100)),
}) satisfies z.ZodMiniType<PostHint>;

/** The channel that a hint is about; undefined where it names none. */
export function channelIn(body: string): string | undefined {
  return hintSchema.safeParse(parsedJson(body)).data?.channel;
}

const firstSeconds = 5;
const mostSeconds = 120;

/**
 * After how many seconds a channel that could not be told everything is tried again.
 * @param receives how often the hint was received
 */
export function secondsUntilNext(receives: number): number {
  return Math.min(mostSeconds, firstSeconds * 2 ** Math.max(0, Math.min(receives, 10) - 1));
}
