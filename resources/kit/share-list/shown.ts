import type { Change } from '../../../core/plan';
import { type DiffLine, heading } from '../diff-line';
import { printable } from '../printable';
import { isShareRemoval, isShareRestoration, shareeOf } from './changes';
import { nameOfSharee, type SharedResource, type Sharee, shareesOf } from './shared-resource';

/** A saved resource, as lines. */
export function sharedResourceLines({ id, share, blocked }: SharedResource): string[] {
  const sharees = shareesOf(share).map(shareeLine).sort();
  return [
    `id: ${printable(id)}`,
    ...(blocked === undefined ? [] : [`public sharing blocked: ${blocked}`]),
    ...(sharees.length === 0 ? ['shared with nobody'] : sharees),
  ];
}

/** What becomes of a share list, under the change's sentence; undefined for another change. */
export function shareChangeLines(change: Change): DiffLine[] | undefined {
  if (isShareRemoval(change)) return [heading(change), { kind: 'goes', text: shareeLine(shareeOf(change)) }];
  if (isShareRestoration(change)) {
    return [heading(change), { kind: 'comes', text: shareeLine(shareeOf(change)) }];
  }
  return undefined;
}

function shareeLine(sharee: Sharee): string {
  const version = sharee.version === undefined ? '' : `, version ${sharee.version}`;
  return printable(`shared with ${nameOfSharee(sharee)}${version}`);
}
