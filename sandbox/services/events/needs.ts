import type { ApiCall } from '../../gateway/api';
import { accountOfArn, orArn } from '../../gateway/arn';
import { anyResource, type ServiceNeeds, sameName } from '../needed';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html */
export const needs: ServiceNeeds = {
  PutEvents(call) {
    const entries = (call.parameters.Entries ?? []) as Record<string, string | undefined>[];
    return entries.map((entry) => ({
      action: 'events:PutEvents',
      resource: busArn(call, entry.EventBusName),
      resourceAccountId: accountOfArn(entry.EventBusName) ?? call.principal.accountId,
      context: {
        ...(entry.Source !== undefined && { 'events:source': entry.Source }),
        ...(entry.DetailType !== undefined && { 'events:detail-type': entry.DetailType }),
      },
    }));
  },
  ...sameName('events', ['ListRules'], anyResource),
  ...sameName('events', ['EnableRule'], ruleArn),
  ...sameName('events', ['DescribeEventBus'], (call) => busArn(call, call.parameters.Name)),
};

/** A rule on another bus than the default one has its name in the ARN, too. */
function ruleArn({ region, principal, parameters }: ApiCall): string {
  const { Name: name, EventBusName: bus = 'default' } = parameters;
  const path = bus === 'default' ? name : `${bus}/${name}`;
  return `arn:aws:events:${region}:${principal.accountId}:rule/${path}`;
}

function busArn({ region, principal }: ApiCall, bus: unknown): string {
  return orArn(bus, `arn:aws:events:${region}:${principal.accountId}:event-bus/${bus ?? 'default'}`);
}
