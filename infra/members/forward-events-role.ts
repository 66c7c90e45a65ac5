import { Aws } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Organization } from '../../config/organization';
import { eventBusArn, roleNames } from '../../core/names';
import { allow } from '../statements';
import { forwardingRuleName } from './forwarding';
import { MemberRole } from './member-role';
import { serviceForThisAccount } from './principals';

/** The role with which EventBridge forwards compliance changes to the hub's bus. Only the forwarding rule may use it. */
export class ForwardEventsRole extends MemberRole {
  constructor(scope: Construct, id: string, hub: Organization['hub']) {
    super(scope, id, {
      name: roleNames.forwardEvents,
      description: 'Lets EventBridge forward compliance changes to the hub.',
      assumedBy: serviceForThisAccount('events.amazonaws.com').withConditions({
        ArnLike: { 'aws:SourceArn': `arn:aws:events:*:${Aws.ACCOUNT_ID}:rule/${forwardingRuleName}` },
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
