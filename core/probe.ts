import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import { type Detector, detectorSchema } from './detector';
import { accountIdPattern, regionPattern } from './finding';

/** Version of the probe message that this code writes and reads. */
export const probeVersion = 1;

/** The way of one probe: from where, and by which detector. */
export interface ProbeWay {
  accountId: string;
  region: string;
  detector: Detector;
}

/**
 * What recognizes a probe. It fits into the name of a session of a role, of 64 characters from `[\w+=,.@-]`:
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export const probeMarkPattern = /^probe-([0-9a-f]{16})-([0-9a-f]{32})$/;

/** What the walker and rule functions put on the remediation queue for a probe: no resource, and nothing to look at. */
export const probeMessageSchema = z.object({
  version: z.literal(probeVersion),
  type: z.literal('probe'),
  accountId: z.string().check(z.regex(accountIdPattern)),
  region: z.string().check(z.regex(regionPattern), z.maxLength(32)),
  detector: detectorSchema,
  mark: z.string().check(z.regex(probeMarkPattern)),
});

/** A probe message, parsed. */
export type ProbeMessage = z.infer<typeof probeMessageSchema>;

/** A probe that says of itself which way it came. */
export type MarkedProbe = ProbeWay & Pick<ProbeMessage, 'mark'>;

/**
 * The mark of a probe: who does not know the secret of its round cannot make one, nor use that of another way for this one. Of the
 * trail an account has one mark for all Regions: the session that makes the calls carries it, and AWS itself says the Region.
 * @param round sixteen hexadecimal digits
 */
export function probeMark(round: string, secret: string, { accountId, region, detector }: ProbeWay): string {
  const way = [detector, accountId, detector === 'trail' ? 'every Region' : region].join('\n');
  const digest = createHmac('sha256', secret).update(way).digest('hex').slice(0, 32);
  return `probe-${round}-${digest}`;
}

/** The round that a mark names; undefined for what is no mark. */
export function probeRound(mark: string): string | undefined {
  return probeMarkPattern.exec(mark)?.[1];
}

/** Whether a mark is the one of a way in the round of this secret. */
export function isProbeMark(mark: string, secret: string, way: ProbeWay): boolean {
  const round = probeRound(mark);
  if (round === undefined) return false;
  return timingSafeEqual(Buffer.from(mark), Buffer.from(probeMark(round, secret, way)));
}
