import { cut } from '../../../core/cut';
import { type DeputyCount, withDeputies } from '../../../core/deputy-count';
import { type LookMessage, lookVersion } from '../../../core/look-message';
import type { PatrolPosition } from '../../../core/patrol-message';
import type { PublicBlock } from '../../../core/public-block';
import type { TrailReading } from '../../../ledger/coverage/trail-coverage';
import { errorCodeOf, isRefusal, messageOf } from '../../../resources/kit/aws-error';
import type { TypeWalk, Walk, Walked } from '../../../resources/kit/walk';
import { longestWords, type WalkAnswer, type WalkRequest } from '../walk-answer';
import { controlsThatReport, controlsToLookBy, type JudgingControl } from './judge-resource';

/** No page is begun with less time left: it takes some seconds, and its looks have to be sent. */
export const pageMilliseconds = 60_000;

/** What the walker works with. */
export interface WalkerParts {
  /** How a type is walked; undefined for one that this version does not know. */
  walkOf(resourceType: string): TypeWalk | undefined;
  controlsOf(resourceType: string): readonly JudgingControl[];
  /** Reads whether a trail logs there. */
  readTrails(request: WalkRequest, signal: AbortSignal): Promise<TrailReading>;
  /** @throws anything when the remediation queue does not take them */
  sendLooks(looks: readonly LookMessage[]): Promise<void>;
}

/** How long the walker may go on. */
export interface WalkTime {
  /** Milliseconds that are left. */
  remaining(): number;
  /** Fires when calls have to end. */
  signal: AbortSignal;
}

/** How far one type came. */
type TypeEnd =
  | { covered: number; deputies: readonly DeputyCount[]; block: PublicBlock | undefined }
  | { words: string }
  | { next: PatrolPosition };

/**
 * Walks every resource of the types in one account and Region, judges each, and asks the coordinator to look at what is dangerous or
 * undecided. A type whose list AWS refuses is not covered, and the others go on. What is left when time is short, or AWS asks for
 * less, is in the answer: a page counts once its looks are sent.
 * @throws what sending looks throws: nothing of the walk counts then
 */
export async function walk(request: WalkRequest, parts: WalkerParts, time: WalkTime): Promise<WalkAnswer> {
  const { resourceTypes, from } = request;
  const answer: WalkAnswer = { version: 1, covered: [], notCovered: [], looks: 0 };
  // What goes on has said so when it began.
  if (!from) answer.trail = await parts.readTrails(request, time.signal);
  const begin = from ? resourceTypes.indexOf(from.resourceType) : 0;
  for (const type of resourceTypes.slice(Math.max(begin, 0))) {
    const at = type === from?.resourceType ? from : { resourceType: type, token: null };
    const end = await walkType(request, at, parts, time, (looks) => {
      answer.looks += looks;
    });
    if ('next' in end) return { ...answer, next: end.next };
    if ('words' in end) answer.notCovered.push({ type, words: end.words });
    else {
      const { covered: resources, deputies, block } = end;
      answer.covered.push({
        ...{ type, resources },
        ...(deputies.length > 0 && { deputies: [...deputies] }),
        ...(block && { block }),
      });
    }
  }
  return answer;
}

async function walkType(
  request: WalkRequest,
  at: PatrolPosition,
  parts: WalkerParts,
  time: WalkTime,
  onLooks: (count: number) => void,
): Promise<TypeEnd> {
  const { accountId, region, credentials } = request;
  const type = parts.walkOf(at.resourceType);
  if (!type) return { words: 'This version of the walker does not know the type.' };
  const parameterSets = parts
    .controlsOf(at.resourceType)
    .flatMap(({ parametersOf }) => parametersOf(accountId));
  const open = type.open({ place: { accountId, region }, credentials, signal: time.signal, parameterSets });
  let position = at;
  // A problem of each single resource is one of the type.
  let shown = (at.resources ?? 0) > 0;
  let problem: unknown;
  try {
    for (;;) {
      if (time.remaining() < pageMilliseconds) return { next: position };
      const read = await pageAt(open, position, position === at);
      if (read === 'restart') {
        position = { resourceType: at.resourceType, token: null };
        continue;
      }
      const looks = read.walked.flatMap((one) => looksAt(request, at.resourceType, one, parts));
      await parts.sendLooks(looks);
      onLooks(looks.length);
      shown ||= read.walked.some((one) => !('problem' in one));
      for (const one of read.walked) if ('problem' in one) problem = one.problem;
      const resources = (position.resources ?? 0) + read.walked.length;
      const deputies = withDeputies(position.deputies ?? [], deputiesAmong(request, read.walked, at, parts));
      const block = withPage(position.block, read.isBlocked, looks);
      if (read.next === undefined) {
        return problem !== undefined && !shown
          ? { words: wordsOf(problem) }
          : { covered: resources, deputies, block };
      }
      position = {
        ...{ resourceType: at.resourceType, token: read.next, resources },
        ...(deputies.length > 0 && { deputies }),
        ...(block && { block }),
      };
    }
  } catch (error) {
    if (error instanceof ListFailedError) {
      return isRefusal(error.cause) ? { words: wordsOf(error.cause) } : { next: position };
    }
    throw error;
  } finally {
    open.close();
  }
}

/** AWS did not answer for a page. */
class ListFailedError extends Error {
  override readonly name = 'ListFailedError';
}

/**
 * Reads a page.
 * @param isHandedOver the token is of an earlier session, so that AWS may not take it any more
 * @returns `restart` where it does not
 * @throws ListFailedError with AWS's own error
 */
async function pageAt(open: Walk, { token }: PatrolPosition, isHandedOver: boolean) {
  try {
    return await open.page(token ?? undefined);
  } catch (cause) {
    if (isHandedOver && token !== null && isRefusal(cause)) return 'restart';
    throw new ListFailedError('AWS did not answer for a page.', { cause });
  }
}

function looksAt(
  { accountId, region }: WalkRequest,
  resourceType: string,
  walked: Walked,
  parts: WalkerParts,
): LookMessage[] {
  return controlsToLookBy(accountId, walked, parts.controlsOf(resourceType)).map(({ id }) => ({
    version: lookVersion,
    type: 'look',
    accountId,
    region,
    control: id,
    resourceType,
    resourceId: walked.id,
    detector: 'patrol',
  }));
}

/**
 * What is known of the setting after a page: whatever has to be looked at may be open to everybody, so that the setting would close it.
 * @param isBlocked as the page read it; undefined where the type has no such setting
 */
function withPage(
  known: PublicBlock | undefined,
  isBlocked: boolean | undefined,
  looks: readonly LookMessage[],
): PublicBlock | undefined {
  if (isBlocked === undefined) return undefined;
  const closes = new Set(looks.map(({ resourceId }) => resourceId)).size;
  return { isOn: isBlocked, closes: (known?.closes ?? 0) + closes };
}

function deputiesAmong(
  { accountId }: WalkRequest,
  walked: readonly Walked[],
  { resourceType }: PatrolPosition,
  parts: WalkerParts,
): { control: string; id: string }[] {
  const controls = parts.controlsOf(resourceType);
  return walked.flatMap((one) =>
    controlsThatReport(accountId, one, controls).map(({ id: control }) => ({ control, id: one.id })),
  );
}

function wordsOf(error: unknown): string {
  return cut(`${errorCodeOf(error) ?? 'Error'}: ${messageOf(error)}`, longestWords);
}
