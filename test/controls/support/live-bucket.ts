import type { Json, JsonObject } from '../../../core/json';
import type { Change } from '../../../core/plan';
import { type Grant, isPublicGrant } from '../../../resources/bucket/acl';
import { type BucketChange, grantsAfter, publicAccessBlockAfter } from '../../../resources/bucket/changes';
import { type Bucket, bucketFromApi } from '../../../resources/bucket/model';
import { isBucketUndoChange } from '../../../resources/bucket/undo-changes';
import { policyAfter } from '../../../resources/kit/policy/changes';

/** What a bucket holds: the responses of S3's API, where nothing hides a part of them. */
export type BucketContent = { [key: string]: unknown };

/** A bucket that takes the changes of plans and undos, and is seen as S3 shows it. */
export class LiveBucket {
  constructor(private content: BucketContent) {}

  /** What is really there. */
  get real(): BucketContent {
    return structuredClone(this.content);
  }

  get bucket(): Bucket {
    return bucketFromApi(this.state);
  }

  /** As a saved state has it: without public grants while IgnorePublicAcls is on. */
  get state(): JsonObject {
    const { publicAccessBlock, accountPublicAccessBlock, grants } = bucketFromApi(this.content);
    const isIgnored = publicAccessBlock.IgnorePublicAcls || accountPublicAccessBlock.IgnorePublicAcls;
    const Grants = isIgnored ? grants.filter((grant) => !isPublicGrant(grant)) : grants;
    return JSON.parse(JSON.stringify({ ...this.content, Grants })) as JsonObject;
  }

  set(parts: BucketContent): void {
    this.content = { ...this.content, ...parts };
  }

  /** Makes the part of a fix that one write makes; `at` counts writes from 0. */
  fixPart(changes: readonly BucketChange[], part: 'acl' | 'policy' | 'block'): void {
    const mine = changes.filter(({ action }) => partOf(action) === part);
    if (mine.length === 0) return;
    const bucket = bucketFromApi(this.content);
    if (part === 'acl') this.set({ Grants: grantsAfter(bucket, mine) });
    if (part === 'policy') this.set({ Policy: policyAfter(bucket.policy, mine)?.text });
    if (part === 'block') {
      this.set({ PublicAccessBlockConfiguration: publicAccessBlockAfter(bucket, mine) });
    }
  }

  fix(changes: readonly BucketChange[]): void {
    for (const part of ['block', 'acl', 'policy'] as const) this.fixPart(changes, part);
  }

  undo(changes: readonly Change[]): void {
    for (const change of changes) {
      if (!isBucketUndoChange(change)) throw new Error(change.action);
      if (change.action === 'restoreAcl') this.set({ Grants: change.grants satisfies Grant[] });
      else if (change.action === 'restorePolicy') this.set({ Policy: change.policy });
      else this.set({ PublicAccessBlockConfiguration: change.settings ?? undefined });
    }
  }
}

function partOf(action: BucketChange['action']): 'acl' | 'policy' | 'block' {
  if (action === 'removeGrant') return 'acl';
  return action === 'blockPublicAccess' ? 'block' : 'policy';
}

/** A saved state in another form of the same meaning, as AWS may hand it over. */
export function rewritten(state: JsonObject): Json {
  const { Policy, Grants, ...rest } = state;
  return {
    ...(Array.isArray(Grants) ? { Grants: [...Grants].reverse() } : {}),
    ...(typeof Policy === 'string' ? { Policy: JSON.stringify(reversed(JSON.parse(Policy)), null, 1) } : {}),
    ...Object.fromEntries(Object.entries(rest).reverse()),
  };
}

function reversed(value: Json): Json {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, part]) => [key, reversed(part)]),
  );
}
