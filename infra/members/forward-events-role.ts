import { Aws } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Organization } from '../../config/organization';
import { eventBusArn, roleNames, trailForwardingRuleName } from '../../core/names';
import { partitionOf } from '../../core/partition';
import { allow } from '../statements';
import { forwardingRuleName } from './forwarding';
import { MemberRole } from './member-role';
import { serviceForThisAccount } from './principals';

/**
 * The role with which EventBridge forwards compliance changes and recorded calls to the hub's bus. Only the forwarding rules may use
 * it; those of resource types are named by a pattern, since a trust policy has no room for many.
 */
export class ForwardEventsRole extends MemberRole {
  constructor(scope: Construct, id: string, hub: Organization['hub']) {
    super(scope, id, {
      name: roleNames.forwardEvents,
      description: 'Lets EventBridge forward compliance changes and recorded calls to the hub.',
      assumedBy: serviceForThisAccount('events.amazonaws.com').withConditions({
        ArnLike: {
          'aws:SourceArn': [forwardingRuleName, trailForwardingRuleName('*')].map(
            (name) => `arn:${partitionOf(hub.region)}:events:*:${Aws.ACCOUNT_ID}:rule/${name}`,
          ),
        },
      }),
      statements: [
        allow({
          sid: 'ForwardToHub',
          actions: ['events:PutEvents'],
          resources: [eventBusArn(hub.account, hub.region)],
        }),
      ],
    });
  }
}
