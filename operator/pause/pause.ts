import {
  ListOrganizationalUnitsForParentCommand,
  ParentNotFoundException,
} from '@aws-sdk/client-organizations';
import { isParentId } from '../../config/formats';
import type { OrderAnswer } from '../../core/order';
import { OperatorError } from '../errors';
import type { Hub } from '../hub/hub';
import { giveOrder } from '../orders/give-order';
import { type NamedScope, scopeName, scopeOf } from './scope';

/** Why fixes stop, and until when; until they are resumed where no end is there. */
export interface Pause {
  reason: string;
  until?: Date;
}

/**
 * Stops every fix in a scope.
 * @returns the coordinator's answer
 * @throws OperatorError when the scope means nothing, or several things, or the hub cannot be asked
 */
export async function pause(hub: Hub, named: NamedScope, { reason, until }: Pause): Promise<OrderAnswer> {
  const scope = await scopeOf(hub, named);
  await checkUnit(hub, scope);
  const end = until && { until: until.toISOString() };
  return giveOrder(hub, { order: 'pause', scope, reason, ...end }, `Pausing ${scopeName(scope)}`);
}

/**
 * A mistyped id would be a false safety. Where AWS Organizations does not answer, the stop comes first.
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListOrganizationalUnitsForParent.html
 * @throws OperatorError when no unit has the id
 */
async function checkUnit(hub: Hub, scope: string): Promise<void> {
  if (!isParentId(scope)) return;
  try {
    await hub.organizations.send(
      new ListOrganizationalUnitsForParentCommand({ ParentId: scope, MaxResults: 1 }),
    );
  } catch (error) {
    if (error instanceof ParentNotFoundException) {
      throw new OperatorError(
        `There is no organizational unit ${scope}, so nothing was paused. Name it by its path, such as /Workloads/Prod: one that does not exist is answered with those that do.`,
      );
    }
  }
}
