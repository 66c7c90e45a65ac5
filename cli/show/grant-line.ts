import { printable } from '../../operator/text/printable';
import { type Grant, nameOfGrantee } from '../../resources/bucket/acl';

/** A grant of an ACL on one line: `READ to everybody`. */
export function grantLine(grant: Grant): string {
  return printable(`${grant.Permission} to ${nameOfGrantee(grant)}`);
}
