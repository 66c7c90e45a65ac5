import { StackSetStack } from 'cdk-stacksets';
import type { Construct } from 'constructs';
import type { Organization } from '../../config/organization';
import type { CustomControl } from '../../controls/control';
import { doctorPermissions } from '../../core/doctor-permissions';
import { roleNames } from '../../core/names';

import { factsOf } from '../../resources/resource-types';
import { ConfigRecorderRole } from './config-recorder-role';
import { ControlRole } from './control-role';
import { ForwardEventsRole } from './forward-events-role';
import { hubRole } from './principals';
import { RuleRole } from './rule-role';

/** What the roles follow from. */
export interface RolesStackProps {
  organization: Organization;
  controls: readonly CustomControl[];
}

/** Staunch's roles in a member account. IAM is global, so that this template goes to one Region only. */
export class RolesStack extends StackSetStack {
  constructor(scope: Construct, id: string, { organization, controls }: RolesStackProps) {
    super(scope, id);
    this.templateOptions.description = 'Staunch: roles in a member account.';
    const { hub } = organization;
    new ControlRole(this, 'Read', {
      organization,
      controls,
      name: roleNames.read,
      description: 'Lets the hub read resources to plan what would fix them.',
      permissionsOf: ({ resourceType }) => factsOf(resourceType).readPermissions,
    });
    new ControlRole(this, 'Remediation', {
      organization,
      controls,
      name: roleNames.remediation,
      description: 'Lets the hub fix resources where the policy says so.',
      permissionsOf: ({ resourceType, fixPermissions }) => [
        ...factsOf(resourceType).readPermissions,
        ...fixPermissions,
      ],
    });
    new ControlRole(this, 'Patrol', {
      organization,
      controls,
      name: roleNames.patrol,
      description:
        'Lets the hub list and describe resources, to find what nobody reported, and what of Staunch is missing.',
      assumedBy: hubRole(organization, roleNames.patrolDispatcher, roleNames.doctor),
      permissionsOf: ({ resourceType }) => factsOf(resourceType).patrolPermissions,
      besides: doctorPermissions,
    });
    new RuleRole(this, 'Rule', { hub, controls });
    new ConfigRecorderRole(this, 'ConfigRecorder', hub);
    new ForwardEventsRole(this, 'ForwardEvents', hub);
  }
}
