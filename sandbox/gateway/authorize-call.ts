import type { EventLog } from '../events';
import { UnsupportedError } from '../failures';
import type { NeededAccess } from '../services/needed';
import { serviceNamed } from '../services/registry';
import { type Access, isAdministrator } from './access';
import type { AccessRequest, ApiCall } from './api';
import { unknownValues } from './authorization/context';
import type { Learned } from './learned';
import { denialOf } from './protocols/error-answer';
import { ApiError } from './protocols/errors';

/**
 * Lets a call pass when every permission that it needs is there. An administrator may do everything in its own account, but for
 * resources whose policy alone decides; where a call reaches into another account, that one's policies decide.
 *
 * @param userId `aws:userid` of the caller
 * @throws ApiError when the call is denied, or names nothing that a permission could be about; UnsupportedError when the sandbox does not know what the call needs, or a
 * condition that decides: nothing is allowed, or denied, by guessing.
 */
export function authorizeCall(
  call: ApiCall,
  userId: string,
  parts: { learned: Learned; access: Access; events: EventLog },
): void {
  const { principal, service } = call;
  for (const needed of needsOf(call, parts.learned)) {
    const request = requestOf(call, userId, needed);
    const { action, resource, resourceAccountId } = request;
    const isOwn =
      isAdministrator(principal) &&
      principal.accountId === resourceAccountId &&
      !parts.access.bindsAdministrators(resource);
    const decision = isOwn ? parts.access.controlled(request) : parts.access.decide(request);
    if (decision?.allowed !== false) continue;
    parts.events.emit({ kind: 'denied', by: principal.arn, action, resource, reason: decision.reason });
    throw denialOf(service, decision.reason);
  }
}

/**
 * What a call asks the authorization engine for one permission.
 * @param userId `aws:userid` of the caller
 */
export function requestOf(
  call: ApiCall,
  userId: string,
  { action, resource, resourceAccountId = call.accountId, context }: NeededAccess,
): AccessRequest {
  return {
    principal: call.principal,
    action,
    resource,
    resourceAccountId,
    context: {
      'aws:requestedregion': call.region,
      'aws:userid': userId,
      ...(isTagging(call) && context?.['aws:tagkeys'] === undefined && { 'aws:requesttag/': unknownValues }),
      ...context,
    },
  };
}

/** Whether a call may set tags, wherever its service has them. */
function isTagging({ parameters, headers }: ApiCall): boolean {
  return Object.keys(parameters).some((name) => /^tag/i.test(name)) || 'x-amz-tagging' in headers;
}

function needsOf(call: ApiCall, learned: Learned): NeededAccess[] {
  const { principal, service, operation } = call;
  const needs = neededAccess(call, learned);
  if (needs) {
    if (needs.length > 0) return needs;
    // AWS refuses a batch of nothing; without this, nobody would be asked for any permission.
    throw new ApiError('ValidationException', `${service}:${operation} has to name at least one thing.`);
  }
  // A service that looks at its callers itself has let this one pass.
  const isLetPass = serviceNamed(service)?.quirks?.checkCaller !== undefined;
  if (isAdministrator(principal) && (principal.accountId === call.accountId || isLetPass)) {
    // Of what no table names, a service control policy is asked by the operation's own name; it is the action's as a rule.
    return [{ action: `${service}:${operation}`, resource: '*', resourceAccountId: principal.accountId }];
  }
  throw new UnsupportedError(
    `${principal.arn} called ${service}:${operation}, and the sandbox does not know which permissions that needs. Add it to its folder below sandbox/services.`,
  );
}

/**
 * The IAM permissions that a call needs, with its resources and condition keys, by the Service Authorization Reference;
 * undefined for an operation that no table names.
 */
export function neededAccess(call: ApiCall, learned: Learned): NeededAccess[] | undefined {
  const needs = serviceNamed(call.service)?.needs;
  return needs && Object.hasOwn(needs, call.operation) ? needs[call.operation]?.(call, learned) : undefined;
}
