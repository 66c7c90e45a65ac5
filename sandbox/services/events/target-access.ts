import type { EventLog } from '../../events';
import { AccessDeniedError, type Gateway, type Principal } from '../../gateway/api';
import { placeOf } from './buses';

/** The service principals that take part in a delivery. */
export type DeliveringService = 'events.amazonaws.com' | 'sns.amazonaws.com';

/** The condition keys with which a service says for which resource of whom it acts. */
export function sourceContext(sourceArn: string): Record<string, string> {
  return { 'aws:sourcearn': sourceArn, 'aws:sourceaccount': placeOf(sourceArn).accountId };
}

/** Asks whether a delivery is allowed, and records where it is not. */
export class TargetAccess {
  constructor(
    private readonly gateway: Gateway,
    private readonly log: EventLog,
  ) {}

  /**
   * Checks that a resource's policy lets a service act on it.
   *
   * @param context what the service says of its source: `sourceContext`, or nothing where AWS gives nothing
   * @throws AccessDeniedError when it does not.
   */
  checkService(
    service: DeliveringService,
    action: string,
    resource: string,
    context: Record<string, string>,
  ): void {
    this.check({ kind: 'service', accountId: '', arn: service }, action, resource, context);
  }

  /**
   * Checks that a principal may act on a resource.
   * @throws AccessDeniedError when it may not.
   */
  check(
    principal: Principal,
    action: string,
    resource: string,
    context: Record<string, string | string[]>,
  ): void {
    const decision = this.gateway.authorize({
      principal,
      action,
      resource,
      resourceAccountId: placeOf(resource).accountId,
      context,
    });
    if (!decision.allowed) this.refuse(principal.arn, action, resource, decision.reason);
  }

  /**
   * Records a refusal.
   * @throws AccessDeniedError always.
   */
  refuse(by: string, action: string, resource: string, reason: string): never {
    this.log.emit({ kind: 'denied', by, action, resource, reason });
    throw new AccessDeniedError(`${by} may not ${action} on ${resource}: ${reason}`);
  }
}
