import { printable } from '../kit/printable';
import { type Grant, nameOfGrantee } from './acl';

/** A grant of an ACL on one line: `READ to everybody`. */
export function grantLine(grant: Grant): string {
  return printable(`${grant.Permission} to ${nameOfGrantee(grant)}`);
}
