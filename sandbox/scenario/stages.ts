import * as z from 'zod/mini';
import { type FindingIdentity, findingId } from '../../core/finding';
import { lookMessageSchema } from '../../core/look-message';
import { configRuleName } from '../../core/names';
import type { RemediationReport } from '../../core/report';
import { trailCallSchema, trailDetailType } from '../../core/trail-call';
import { factsOf } from '../../resources/resource-types';
import type { SandboxEvent, TimedEvent } from '../events';
import type { PlantedResource } from './planted';

/** Milliseconds from the change that made a resource dangerous to each stage; absent where a stage did not happen. */
export interface Stages {
  /** AWS Config recorded a configuration item. */
  item?: number;
  /** The rule's function had judged it. */
  evaluated?: number;
  /** A rule's finding reached the remediation queue. */
  queued?: number;
  /** CloudTrail's event of a call that can have opened it reached the remediation queue. */
  trail?: number;
  /** The patrol's wish that it be looked at reached the remediation queue. */
  patrol?: number;
  /** The finding reached its state; for a fix, after it was verified. */
  decided?: number;
  /** The report about it reached the Slack channel. */
  slack?: number;
}

/**
 * When each stage happened for a resource. The change is the last one by somebody else than Staunch that AWS Config saw
 * before the finding was decided, since a resource may take several calls to become dangerous; of a type that it does not record, when it
 * was planted.
 */
export function stagesOf(resource: PlantedResource, events: readonly TimedEvent[]): Stages {
  const about = events.filter((event) => isAbout(event, resource));
  const decided = about.find((event) => event.kind === 'report');
  const changes = about.filter(
    (event) =>
      event.kind === 'changed' &&
      !event.by.includes(':assumed-role/staunch-') &&
      event.at <= (decided?.at ?? Infinity),
  );
  // Nobody records a change of a type that AWS Config does not record.
  const { isRecorded } = factsOf(resource.kind.resourceType);
  const changedAt = changes.at(-1)?.at ?? (isRecorded ? undefined : resource.plantedAt);
  if (changedAt === undefined) return {};
  const since = (from: number, isIt: (event: SandboxEvent) => boolean) =>
    about.find((event) => isIt(event) && event.at >= from)?.at;
  const stages = {
    item: since(changedAt, ({ kind }) => kind === 'item'),
    evaluated: since(
      changedAt,
      (event) => event.kind === 'evaluated' && event.compliance === 'NON_COMPLIANT',
    ),
    queued: since(changedAt, ({ kind }) => kind === 'queued'),
    trail: events.find((event) => event.at >= changedAt && isTrailOf(event, resource))?.at,
    patrol: events.find((event) => event.at >= changedAt && isLookAt(event, resource))?.at,
    decided: decided?.at,
    slack: decided && since(decided.at, (event) => isTelling(event, decided.report)),
  };
  return Object.fromEntries(
    Object.entries(stages)
      .filter((entry): entry is [string, number] => entry[1] !== undefined)
      .map(([stage, at]) => [stage, at - changedAt]),
  );
}

/** Whether a message in Slack is the report's, not one of AWS Config's own compliance changes about the same resource. */
function isTelling(event: SandboxEvent, { finding, occurrence }: RemediationReport): boolean {
  return event.kind === 'slack' && JSON.stringify(event.blocks).includes(findingId(finding, occurrence));
}

/** CloudTrail's event, as the remediation queue gets it. */
const trailEventSchema = z.object({
  'detail-type': z.literal(trailDetailType),
  account: z.string(),
  region: z.string(),
  detail: trailCallSchema,
});

/** Whether a message of the remediation queue is an event of CloudTrail that names the resource. */
function isTrailOf(event: SandboxEvent, { kind, accountId, region, resourceId }: PlantedResource): boolean {
  // Most messages are none, and a run has many.
  if (event.kind !== 'queued' || !event.body.includes(trailDetailType)) return false;
  const { data } = trailEventSchema.safeParse(JSON.parse(event.body));
  if (data?.account !== accountId || data.region !== region) return false;
  const { trail } = factsOf(kind.resourceType);
  const { detail: call } = data;
  if (call.eventSource !== trail.source || !trail.opening.includes(call.eventName)) return false;
  const named = trail.touched(call, { accountId, region });
  return named !== undefined && 'ids' in named && named.ids.includes(resourceId);
}

/** Whether a message of the remediation queue is the patrol's about the resource. */
function isLookAt(event: SandboxEvent, { kind, accountId, region, resourceId }: PlantedResource): boolean {
  if (event.kind !== 'queued' || !event.body.includes('"look"')) return false;
  const { data } = lookMessageSchema.safeParse(JSON.parse(event.body));
  return (
    data?.accountId === accountId &&
    data.region === region &&
    data.resourceId === resourceId &&
    data.control === kind.control
  );
}

/** Whether a detector has asked for a look at a resource. */
export function isFound(resource: PlantedResource, events: readonly TimedEvent[]): boolean {
  return events.some(
    (event) =>
      (event.kind === 'queued' && isAbout(event, resource)) ||
      isTrailOf(event, resource) ||
      isLookAt(event, resource),
  );
}

/** Whether something that happened concerns a resource. */
export function isAbout(
  event: SandboxEvent,
  { kind, accountId, region, resourceId }: PlantedResource,
): boolean {
  switch (event.kind) {
    case 'changed':
    case 'item':
      return event.accountId === accountId && event.region === region && event.resourceId === resourceId;
    case 'evaluated':
      return (
        event.accountId === accountId &&
        event.region === region &&
        event.resourceId === resourceId &&
        event.rule === configRuleName(kind.control)
      );
    case 'queued':
      return isOf(event.finding);
    case 'report':
      return isOf(event.report.finding);
    case 'slack':
      return JSON.stringify([event.text, event.blocks]).includes(resourceId);
    default:
      return false;
  }

  function isOf(finding: FindingIdentity | undefined): boolean {
    return (
      finding?.accountId === accountId &&
      finding.resourceId === resourceId &&
      finding.control === kind.control
    );
  }
}
