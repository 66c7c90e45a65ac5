import type { PublicAccessBlockConfiguration } from '@aws-sdk/client-s3';
import { Placed } from '../placed';
import { type BucketState, ownGrant } from './bucket-state';

/** The settings of public access, as S3 keeps them: all four. */
type Settings = Required<PublicAccessBlockConfiguration>;

/** Buckets, and the settings of accounts, as they really are, changed as somebody in their account could. */
export class Buckets {
  readonly #buckets = new Placed<BucketState>();
  readonly #accountBlocks = new Map<string, PublicAccessBlockConfiguration>();

  /** Makes a bucket, or replaces it. */
  createBucket(name: string, state: Partial<BucketState> & { accountId: string }): void {
    const { accountId, grants = [] } = state;
    this.#buckets.set(name, { region: 'eu-west-1', ...state, grants: [ownGrant(accountId), ...grants] });
  }

  /** Deletes a bucket. */
  deleteBucket(name: string): void {
    this.#buckets.delete(name);
  }

  /** A bucket as it really is, to be looked at or changed as somebody in the account could; undefined when it is gone. */
  bucket(name: string): BucketState | undefined {
    return this.#buckets.get(name);
  }

  /** The names of an account's buckets in a Region. */
  bucketsIn(accountId: string, region: string): string[] {
    return this.#buckets.idsIn({ accountId, region });
  }

  /** Sets, or with undefined deletes, the settings of a whole account. */
  setAccountBlock(accountId: string, block: PublicAccessBlockConfiguration | undefined): void {
    if (block) this.#accountBlocks.set(accountId, block);
    else this.#accountBlocks.delete(accountId);
  }

  /** The settings of a whole account; undefined where it has none. */
  accountBlock(accountId: string): PublicAccessBlockConfiguration | undefined {
    return this.#accountBlocks.get(accountId);
  }

  /** The stricter settings of a bucket and its account. */
  effectiveBlock({ accountId, block }: BucketState): Settings {
    const account = this.#accountBlocks.get(accountId);
    const either = (name: keyof Settings) => block?.[name] === true || account?.[name] === true;
    return {
      BlockPublicAcls: either('BlockPublicAcls'),
      IgnorePublicAcls: either('IgnorePublicAcls'),
      BlockPublicPolicy: either('BlockPublicPolicy'),
      RestrictPublicBuckets: either('RestrictPublicBuckets'),
    };
  }
}
