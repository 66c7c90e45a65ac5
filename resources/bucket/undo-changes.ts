import type { Change } from '../../core/plan';
import type { PolicyRestoration } from '../kit/policy/restore';
import { type Grant, nameOfGrantee } from './acl';
import { grantsWithout } from './meaning';
import { type BlockSettings, blockSettingNames } from './model';
import { blockPart, type SeenAcl } from './parts';

/**
 * One change of an undo. `before` is what has to be there when it is written; what it becomes may be there already.
 */
export type BucketUndoChange =
  /** `settings` are all four as they become; null where the bucket had none. */
  | {
      action: 'restorePublicAccessBlock';
      text: string;
      before: BlockSettings | null;
      settings: BlockSettings | null;
    }
  /** `grants` are the whole ACL's. */
  | { action: 'restoreAcl'; text: string; before: Grant[]; grants: Grant[] }
  | PolicyRestoration;

/**
 * The setting that keeps S3 from taking back a part that is public:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
export const keptOutBy = {
  restoreAcl: 'BlockPublicAcls',
  restorePolicy: 'BlockPublicPolicy',
} as const satisfies Partial<Record<BucketUndoChange['action'], keyof BlockSettings>>;

const undoActions: ReadonlySet<string> = new Set<BucketUndoChange['action']>([
  'restorePublicAccessBlock',
  'restoreAcl',
  'restorePolicy',
]);

/** Whether a change is one of a bucket's undo. */
export function isBucketUndoChange(change: Change | BucketUndoChange): change is BucketUndoChange {
  return undoActions.has(change.action);
}

/**
 * The write of the block settings, if one is needed.
 * @param end what is there once all is undone
 */
export function restoreBlock(
  from: BlockSettings | null,
  to: BlockSettings | null,
  end: BlockSettings | null,
): BucketUndoChange[] {
  if (blockPart.same(from, to)) return [];
  const more = (some: BlockSettings | null, others: BlockSettings | null) =>
    blockSettingNames.filter((name) => some?.[name] && !others?.[name]).join(', ');
  const [off, on, forNow] = [more(from, to), more(to, from), more(end, to)];
  const why = to === null ? ': the bucket had no block settings' : '';
  const texts = [
    ...(off ? [`Turn off ${off}${why}.`] : []),
    ...(on ? [`Turn on ${on} again.`] : []),
    ...(forNow ? [`At the end ${forNow} is on, as before the fix.`] : []),
  ];
  return [{ action: 'restorePublicAccessBlock', text: texts.join(' '), before: from, settings: to }];
}

/** The write of the ACL. */
export function restoreAcl({ from, to }: { from: SeenAcl; to: SeenAcl }): BucketUndoChange {
  const given = grantsWithout(to.grants, from.grants).map(
    (grant) => `${grant.Permission} to ${nameOfGrantee(grant)}`,
  );
  return {
    action: 'restoreAcl',
    text: `Give back in the ACL: ${given.join(', ')}.`,
    before: [...from.grants],
    grants: [...to.grants],
  };
}
