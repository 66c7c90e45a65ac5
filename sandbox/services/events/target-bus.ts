import type { Credentials, Gateway, Principal } from '../../gateway/api';
import type { EventEnvelope } from './definitions';
import type { TargetAccess } from './target-access';

const service = 'events.amazonaws.com';

/** The roles that EventBridge took for rules; a session is used until it expires. */
export class RuleRoles {
  private readonly sessions = new Map<string, Credentials>();

  constructor(
    private readonly gateway: Gateway,
    private readonly access: TargetAccess,
  ) {}

  /**
   * The principal that EventBridge is after taking the role.
   * @throws AccessDeniedError when the role does not exist or does not trust EventBridge.
   */
  async take(roleArn: string, ruleArn: string): Promise<Principal> {
    const known = this.sessions.get(roleArn);
    const principal = known && this.gateway.principalOf(known.accessKeyId);
    if (principal !== undefined) return principal;
    const session = await this.gateway
      .serviceSession(service, roleArn, 'events', ruleArn)
      .catch((error: Error) => this.access.refuse(service, 'sts:AssumeRole', roleArn, error.message));
    this.sessions.set(roleArn, session);
    const taken = this.gateway.principalOf(session.accessKeyId);
    return taken ?? this.access.refuse(service, 'sts:AssumeRole', roleArn, 'the session expired at once');
  }
}

/**
 * Checks that a rule may put an event on another bus: its role needs events:PutEvents, and across accounts the bus's
 * policy has to allow that role too.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html
 *
 * @throws AccessDeniedError
 */
export async function checkBusTarget(
  target: { arn: string; roleArn: string },
  ruleArn: string,
  event: EventEnvelope,
  roles: RuleRoles,
  access: TargetAccess,
): Promise<void> {
  const principal = await roles.take(target.roleArn, ruleArn);
  access.check(principal, 'events:PutEvents', target.arn, {
    'events:source': event.source,
    'events:detail-type': event['detail-type'],
    'events:eventbusinvocation': 'true',
  });
}
