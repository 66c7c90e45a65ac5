import type { EventLog, Place, ResourcePlace } from '../../events';
import type { EventsService } from '../events/definitions';
import { complianceChange } from './compliance-change';
import type { ConfigRule } from './definitions';
import type { Evaluation } from './evaluation';
import type { PendingWork } from './pending-work';

/** The latest verdict of every rule on every resource; tells the account's event bus when one changes. */
export class Evaluations {
  private readonly latest = new Map<string, Evaluation>();

  constructor(
    private readonly events: Pick<EventsService, 'emitFromService'>,
    private readonly log: EventLog,
    private readonly work: PendingWork,
  ) {}

  /**
   * Keeps a verdict, unless a newer one is kept already: an older `OrderingTimestamp` does not overwrite.
   * https://docs.aws.amazon.com/config/latest/APIReference/API_Evaluation.html
   */
  record(evaluation: Evaluation): void {
    const key = keyOf(evaluation);
    const old = this.latest.get(key);
    if (old !== undefined && old.orderingTimestamp > evaluation.orderingTimestamp) return;
    this.latest.set(key, evaluation);
    const resource = resourceOf(evaluation);
    this.log.emit({
      kind: 'evaluated',
      ...resource,
      rule: evaluation.rule.name,
      compliance: evaluation.complianceType,
      ...(evaluation.annotation === undefined ? {} : { annotation: evaluation.annotation }),
    });
    this.announce(old, evaluation, resource);
  }

  /** The latest verdicts of a rule. AWS Config shows none that is not applicable. */
  of(rule: ConfigRule): Evaluation[] {
    return [...this.latest.values()].filter(
      (evaluation) => evaluation.rule.arn === rule.arn && evaluation.complianceType !== 'NOT_APPLICABLE',
    );
  }

  private announce(old: Evaluation | undefined, evaluation: Evaluation, resource: ResourcePlace): void {
    // A rule that does not apply has no verdict, so that one which never applied did not change.
    const before = old?.complianceType === 'NOT_APPLICABLE' ? undefined : old;
    if ((before?.complianceType ?? 'NOT_APPLICABLE') === evaluation.complianceType) return;
    this.log.emit({
      kind: 'compliance-change',
      rule: evaluation.rule.name,
      ...(before === undefined ? {} : { from: before.complianceType }),
      to: evaluation.complianceType,
      accountId: resource.accountId,
      region: resource.region,
      resourceId: resource.resourceId,
    });
    const place: Place = { accountId: resource.accountId, region: resource.region };
    this.work.run(() => this.events.emitFromService(place, complianceChange(before, evaluation)));
  }
}

function resourceOf({ rule, resourceType, resourceId }: Evaluation): ResourcePlace {
  return { accountId: rule.accountId, region: rule.region, resourceType, resourceId };
}

function keyOf({ rule, resourceType, resourceId }: Evaluation): string {
  return `${rule.arn}/${resourceType}/${resourceId}`;
}
