import { Aws } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Organization } from '../../config/organization';
import type { CustomControl } from '../../controls/control';
import type { Permission } from '../../core/permission';
import { resourceTypes } from '../../resources/resource-types';
import { newRuleGrants } from '../../resources/security-group/rule-grants';
import { allow } from '../statements';
import { MemberRole } from './member-role';
import { hubCoordinator } from './principals';

/** What tells the read role from the remediation role. */
export interface ControlRoleProps {
  organization: Organization;
  controls: readonly CustomControl[];
  name: string;
  description: string;
  /** Which of a control's permissions the role gets. */
  permissionsOf(control: CustomControl): readonly Permission[];
}

/**
 * A role that the coordinator assumes, with what the controls ask for. A permission on a resource is limited to its
 * type and to this account; the session policy then limits each session to the one resource.
 */
export class ControlRole extends MemberRole {
  constructor(scope: Construct, id: string, props: ControlRoleProps) {
    const { organization, controls, name, description } = props;
    const actions = actionsByResource(controls, props.permissionsOf);
    const ofNewRules = newRuleGrants(controls.flatMap(props.permissionsOf), Aws.ACCOUNT_ID, '*');
    super(scope, id, {
      name,
      description,
      assumedBy: hubCoordinator(organization),
      statements: [
        ...[...actions].map(([resource, of]) => statement(resource, of)),
        ...ofNewRules.map(({ resource, ...grant }) => allow({ ...grant, resources: [resource] })),
      ],
      wildcards: {
        ...Object.fromEntries(
          [...actions.keys()].map((resource) => [
            resource,
            resource === '*'
              ? 'AWS cannot limit these calls to a resource; the controls say why.'
              : 'Any resource of the type may become dangerous; the session policy names the one.',
          ]),
        ),
        ...Object.fromEntries(
          ofNewRules.map(({ resource }) => [
            resource,
            'The ids of new rules are not known before; adding them takes the permission on their group as well.',
          ]),
        ),
      },
    });
  }
}

/** What is limited to a resource type, or to nothing. */
function actionsByResource(
  controls: readonly CustomControl[],
  permissionsOf: ControlRoleProps['permissionsOf'],
): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const control of controls) {
    for (const { actions, on } of permissionsOf(control)) {
      if (on === 'new-security-group-rule') continue;
      const resource = on === 'any' ? '*' : resourceTypes[control.resourceType].arn(Aws.ACCOUNT_ID, '*', '*');
      found.set(resource, [...(found.get(resource) ?? []), ...actions]);
    }
  }
  return found;
}

/**
 * An ARN without an account, a bucket's for example, also matches resources of other accounts: the condition keeps to
 * this one.
 */
function statement(resource: string, actions: string[]): PolicyStatement {
  const named = resource === '*' || resource.includes(Aws.ACCOUNT_ID);
  return allow({
    actions: [...new Set(actions)].sort(),
    resources: [resource],
    ...(!named && { conditions: { StringEquals: { 'aws:ResourceAccount': Aws.ACCOUNT_ID } } }),
  });
}
