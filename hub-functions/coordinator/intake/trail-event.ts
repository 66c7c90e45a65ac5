import * as z from 'zod/mini';
import { accountIdPattern, regionPattern } from '../../../core/finding';
import { roleArn, roleNames } from '../../../core/names';
import { type Opener, openerOf } from '../../../core/opener';
import { partitions } from '../../../core/partition';
import { type TrailCall, trailCallSchema, trailDetailType } from '../../../core/trail-call';
import type { ResourcePlace } from '../../../resources/kit/resource-place';
import type { TrailEvents } from '../../../resources/kit/trail-events';
import {
  type FixableResourceType,
  factsOf,
  isFixableResourceType,
  isResourceId,
  resourceTypes,
} from '../../../resources/resource-types';
import type { Hints, KnownControls } from './hint';

/** CloudTrail's event, as EventBridge puts it on the queue; the account and the Region are the envelope's. */
export const trailEventSchema = z.object({
  source: z.string().check(z.startsWith('aws.')),
  'detail-type': z.literal(trailDetailType),
  account: z.string().check(z.regex(accountIdPattern)),
  region: z.string().check(z.regex(regionPattern), z.maxLength(32)),
  /** When it was sent. */
  time: z.iso.datetime(),
  detail: trailCallSchema,
});

/** CloudTrail's event, parsed. */
export type TrailEvent = z.infer<typeof trailEventSchema>;

/**
 * What a recorded call may have opened: for every control of every type that it can have touched. Nothing where it failed, was made
 * by one of Staunch's own roles, opens nothing of any type, or shows itself that it opened nothing.
 */
export function hintsOfCall(
  { account: accountId, region, time, detail: call }: TrailEvent,
  controls: Pick<KnownControls, 'controlsOf'>,
): Hints {
  const place = { accountId, region };
  const nothing: Hints = { hints: [], wide: [] };
  if (call.errorCode !== undefined || isOwn(call, accountId)) return nothing;
  const opened = openerOf(call, new Date(time));
  return Object.keys(resourceTypes)
    .filter(isFixableResourceType)
    .filter((type) => opens(factsOf(type).trail, call))
    .map((type) => hintsOfType(type, call, place, opened, controls))
    .reduce(together, nothing);
}

function opens({ source, opening }: TrailEvents, { eventSource, eventName }: TrailCall): boolean {
  return source === eventSource && opening.includes(eventName);
}

function hintsOfType(
  type: FixableResourceType,
  call: TrailCall,
  place: ResourcePlace,
  opened: Opener,
  { controlsOf }: Pick<KnownControls, 'controlsOf'>,
): Hints {
  const touched = factsOf(type).trail.touched(call, place);
  if (touched === undefined) return { hints: [], wide: [] };
  const { accountId, region } = place;
  if ('everyOne' in touched) {
    const inRegion = touched.everyOne === 'in-region' && { region };
    return { hints: [], wide: [{ accountId, resourceType: type, ...inRegion }] };
  }
  const ids = touched.ids.filter((id) => isResourceId(type, id, place));
  const hints = ids.flatMap((resourceId) =>
    controlsOf(type).map((control) => ({
      identity: { accountId, region, control: control.id, resourceType: type, resourceId },
      control,
      says: 'look' as const,
      detector: 'trail' as const,
      opened,
    })),
  );
  return { hints, wide: [] };
}

function together(some: Hints, more: Hints): Hints {
  return { hints: [...some.hints, ...more.hints], wide: [...some.wide, ...more.wide] };
}

/** Whether one of Staunch's own roles in the account made the call. */
function isOwn({ userIdentity }: TrailCall, accountId: string): boolean {
  const issuer = userIdentity?.sessionContext?.sessionIssuer?.arn;
  return Object.values(roleNames).some((name) =>
    partitions.some((partition) => roleArn(accountId, name, partition) === issuer),
  );
}
