import { Aws } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Organization } from '../../config/organization';
import { type Grant, grantsOf } from '../../core/grants';
import { roleNames } from '../../core/names';
import { partitionOf } from '../../core/partition';
import { probePermissions } from '../../core/probe-permissions';
import { allow } from '../statements';
import { MemberRole } from './member-role';
import { hubRole } from './principals';

/**
 * The role with which the doctor sends probes on their way: it may invoke the rule function, and enable the enabled rule that forwards
 * what CloudTrail records of that very call. Whatever it does changes nothing. It is another role than the patrol's, which only reads.
 */
export class ProbeRole extends MemberRole {
  constructor(scope: Construct, id: string, organization: Organization) {
    const grants: Grant[] = grantsOf(probePermissions, {
      resource: '*',
      accountId: Aws.ACCOUNT_ID,
      region: '*',
      partition: partitionOf(organization.hub.region),
    });
    super(scope, id, {
      name: roleNames.probe,
      description: "Lets the hub's doctor send probes by the rule function and by the trail.",
      assumedBy: hubRole(organization, roleNames.doctor),
      statements: grants.map(({ actions, resource }) => allow({ actions, resources: [resource] })),
      wildcards: Object.fromEntries(
        grants.map(({ resource, on }) => [
          resource,
          typeof on === 'object' ? on.reason : 'Any of the account.',
        ]),
      ),
    });
  }
}
