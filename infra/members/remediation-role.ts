import type { Construct } from 'constructs';
import { roleNames } from '../../core/names';
import { factsOf } from '../../resources/resource-types';
import { customOf } from '../custom-of';
import { ControlRole } from './control-role';
import type { MemberProps } from './member-props';

/** The one role that can change something. */
export class RemediationRole extends ControlRole {
  constructor(scope: Construct, id: string, { organization, controls }: MemberProps) {
    super(scope, id, {
      organization,
      controls: customOf(controls),
      name: roleNames.remediation,
      description: 'Lets the hub fix resources where the policy says so.',
      permissionsOf: ({ resourceType, fixPermissions }) => [
        ...factsOf(resourceType).readPermissions,
        ...fixPermissions,
      ],
    });
  }
}
