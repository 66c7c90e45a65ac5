import { type Grant, nameOfGrantee } from '../../resources/bucket/acl';
import { printable } from '../printable';

/** A grant of an ACL on one line: `READ to everybody`. */
export function grantLine(grant: Grant): string {
  return printable(`${grant.Permission} to ${nameOfGrantee(grant)}`);
}
