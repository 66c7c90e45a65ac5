/** A stack of a stack set, in an account and Region. */
export interface StackPlace {
  stackSet: string;
  /** Twelve digits. */
  accountId: string;
  region: string;
  /** The unit, or the root, through which the stack set reached the account. */
  unitId: string;
}

/**
 * The command by which a person deletes a stack of a stack set, with credentials of the hub's account and in its Region. Pure.
 * https://docs.aws.amazon.com/cli/latest/reference/cloudformation/delete-stack-instances.html
 */
export function deleteInstanceCommand({ stackSet, accountId, region, unitId }: StackPlace): string {
  const targets = `OrganizationalUnitIds=${unitId},Accounts=${accountId},AccountFilterType=INTERSECTION`;
  return `aws cloudformation delete-stack-instances --call-as DELEGATED_ADMIN --stack-set-name ${stackSet} --deployment-targets ${targets} --regions ${region} --no-retain-stacks`;
}
