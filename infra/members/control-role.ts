import { Aws } from 'aws-cdk-lib';
import type { PolicyStatement, PrincipalBase } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Organization } from '../../config/organization';
import type { CustomControl } from '../../controls/control';
import { type Grant, grantsOf } from '../../core/grants';
import { roleNames } from '../../core/names';
import { type Partition, partitionOf } from '../../core/partition';
import type { Permission } from '../../core/permission';
import { factsOf } from '../../resources/resource-types';
import { allow } from '../statements';
import { MemberRole } from './member-role';
import { hubRole } from './principals';

/** What tells the read role from the remediation role. */
export interface ControlRoleProps {
  organization: Organization;
  controls: readonly CustomControl[];
  name: string;
  description: string;
  /** Who assumes it; the coordinator unless told otherwise. */
  assumedBy?: PrincipalBase;
  /** Which of a control's permissions the role gets. */
  permissionsOf(control: CustomControl): readonly Permission[];
  /** What it gets besides, whatever the controls are. */
  besides?: readonly Permission[];
}

/**
 * A role that the coordinator assumes, with what the controls ask for. A permission on a resource is limited to its
 * type and to this account; the session policy then limits each session to the one resource.
 */
export class ControlRole extends MemberRole {
  constructor(scope: Construct, id: string, props: ControlRoleProps) {
    const { organization, controls, name, description } = props;
    const partition = partitionOf(organization.hub.region);
    const grants = merged([
      ...controls.flatMap((control) => grantsOfType(control, props.permissionsOf(control), partition)),
      ...grantsOf(props.besides ?? [], {
        resource: '*',
        accountId: Aws.ACCOUNT_ID,
        region: '*',
        partition,
      }),
    ]);
    super(scope, id, {
      name,
      description,
      assumedBy: props.assumedBy ?? hubRole(organization, roleNames.coordinator),
      statements: grants.map(statement),
      wildcards: Object.fromEntries(grants.map(({ resource, on }) => [resource, reasonOf(on)])),
    });
  }
}

/** What a control takes, limited to its resource type in this account, in every Region. */
function grantsOfType(
  { resourceType }: CustomControl,
  permissions: readonly Permission[],
  partition: Partition,
): Grant[] {
  const resource = factsOf(resourceType).arn(Aws.ACCOUNT_ID, '*', '*', partition);
  return grantsOf(permissions, { resource, accountId: Aws.ACCOUNT_ID, region: '*', partition });
}

/** Grants of several controls, those of the same resource and condition as one. */
function merged(grants: readonly Grant[]): Grant[] {
  const found = new Map<string, Grant>();
  for (const grant of grants) {
    const key = JSON.stringify([grant.resource, grant.conditions]);
    const actions = [...(found.get(key)?.actions ?? []), ...grant.actions];
    found.set(key, { ...grant, actions: [...new Set(actions)].sort() });
  }
  return [...found.values()];
}

function reasonOf(on: Grant['on']): string {
  if (on === 'any')
    return 'AWS cannot limit these calls to a resource; the controls and resource types say why.';
  if (on === 'resource')
    return 'Any resource of the type may become dangerous; the session policy names the one.';
  return on.reason;
}

/**
 * An ARN without an account, a bucket's for example, also matches resources of other accounts: the condition keeps to
 * this one.
 */
function statement({ actions, resource, conditions }: Grant): PolicyStatement {
  const named = resource === '*' || resource.includes(Aws.ACCOUNT_ID);
  const own = named ? {} : { StringEquals: { 'aws:ResourceAccount': Aws.ACCOUNT_ID } };
  const all = { StringEquals: { ...conditions?.StringEquals, ...own.StringEquals } };
  return allow({
    actions,
    resources: [resource],
    ...(Object.keys(all.StringEquals).length > 0 && { conditions: all }),
  });
}
