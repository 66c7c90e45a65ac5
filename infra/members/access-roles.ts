import { Construct } from 'constructs';
import { modesOf } from '../../config/recorder';
import { doctorPermissions } from '../../core/doctor-permissions';
import { roleNames } from '../../core/names';
import { factsOf } from '../../resources/resource-types';
import { customOf } from '../custom-of';
import { ConfigRecorderRole } from './config-recorder-role';
import { ControlRole } from './control-role';
import { ForwardEventsRole } from './forward-events-role';
import type { MemberProps } from './member-props';
import { hubRole } from './principals';
import { ProbeRole } from './probe-role';
import { RuleRole } from './rule-role';

/**
 * The roles with which an account is looked at, with which it reports, and with which the doctor tries that. None can change a resource. Those of AWS Config are there only
 * where some account of the organization has rules, and a recorder of Staunch's own: the template is the same for all.
 */
export class AccessRoles extends Construct {
  constructor(scope: Construct, id: string, { organization, controls: all }: MemberProps) {
    super(scope, id);
    const { hub } = organization;
    const controls = customOf(all);
    const recorders = modesOf(organization.recorder);
    new ControlRole(this, 'Read', {
      organization,
      controls,
      name: roleNames.read,
      description: 'Lets the hub read resources to plan what would fix them.',
      permissionsOf: ({ resourceType }) => factsOf(resourceType).readPermissions,
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
    new ProbeRole(this, 'Probe', organization);
    new ForwardEventsRole(this, 'ForwardEvents', hub);
    if (recorders.has('own') || recorders.has('existing')) new RuleRole(this, 'Rule', { hub, controls });
    if (recorders.has('own')) new ConfigRecorderRole(this, 'ConfigRecorder', hub);
  }
}
