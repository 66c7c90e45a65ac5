import { type Fields, fieldsOf, notUnderstood, optionalTextOf } from '../input';
import { type Ec2Permission, shareOfPermissions } from './ec2-permissions';
import type { SharedResource, SharingBlock } from './shared-resource';

/** How EC2 names what decides of a snapshot or an AMI. */
export interface Ec2SharedNames {
  /** What begins a sentence: `The snapshot`. */
  thing: string;
  id: string;
  /** The share list. */
  list: string;
  createdAt: string;
  /** The command of the aws command line that prints the list. */
  command: string;
  /** The state of the setting that blocks sharing with everybody; undefined where the answer does not say. */
  blockIn(fields: Fields): unknown;
  /** What each state of the setting keeps out. */
  blocks: Readonly<Record<string, SharingBlock>>;
}

/**
 * Fills the model from what EC2 answers: the answer of its Describe…Attribute, whose list has to be there; beside it what else is known.
 * @throws ResourceInputError when it cannot be understood
 */
export function ec2SharedFromApi(answer: unknown, names: Ec2SharedNames): SharedResource {
  const fields = fieldsOf(answer, names.thing);
  const permissions = fields[names.list];
  if (permissions === undefined || permissions === null) {
    throw notUnderstood(names.list, `a list, as \`${names.command}\` answers it`, permissions);
  }
  const accountId = optionalTextOf(fields.OwnerId, 'OwnerId');
  const createdAt = optionalTextOf(fields[names.createdAt], names.createdAt);
  const state = names.blockIn(fields);
  return {
    id: optionalTextOf(fields[names.id], names.id) ?? '',
    ...(accountId !== undefined && { accountId }),
    share: shareOfPermissions(permissions, names.list),
    ...(state !== undefined && { blocked: blockOf(state, names) }),
    ...(createdAt !== undefined && { createdAt }),
  };
}

/**
 * What the setting of an account and Region keeps out.
 * @param state as EC2 answers it
 * @throws ResourceInputError when EC2 answers a state that is not known here
 */
export function blockOf(state: unknown, { blocks }: Pick<Ec2SharedNames, 'blocks'>): SharingBlock {
  const known = typeof state === 'string' && Object.hasOwn(blocks, state) ? blocks[state] : undefined;
  if (known !== undefined) return known;
  throw notUnderstood('The state of block public access', Object.keys(blocks).join(', '), state);
}

/** Permissions in an order of their own: EC2 promises none, and a state is compared as a whole. */
export function inOrder<Permission extends { [Name in keyof Ec2Permission]?: string | undefined }>(
  permissions: readonly Permission[],
): Permission[] {
  const nameOf = ({ Group, UserId, OrganizationArn, OrganizationalUnitArn }: Permission) =>
    Group ?? UserId ?? OrganizationArn ?? OrganizationalUnitArn ?? '';
  return [...permissions].sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
}
