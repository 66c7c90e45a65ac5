/** Block public access settings; absent means not set. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PublicAccessBlockConfiguration.html */
export interface PublicAccessBlock {
  blockPublicAcls: boolean;
  ignorePublicAcls: boolean;
  blockPublicPolicy: boolean;
  restrictPublicBuckets: boolean;
}

/** A bucket as the gateway learned it. Bucket names are global: each has one owner. */
export interface BucketFacts {
  ownerAccountId: string;
  /** `BucketOwnerEnforced`, `BucketOwnerPreferred` or `ObjectWriter`. */
  objectOwnership?: string | undefined;
  publicAccessBlock?: PublicAccessBlock | undefined;
}

const nothingBlocked: PublicAccessBlock = {
  blockPublicAcls: false,
  ignorePublicAcls: false,
  blockPublicPolicy: false,
  restrictPublicBuckets: false,
};

/** Every bucket, and the accounts' own block settings. */
export class Buckets {
  readonly byName = new Map<string, BucketFacts>();
  private readonly accountBlocks = new Map<string, PublicAccessBlock>();

  setAccountBlock(accountId: string, block: PublicAccessBlock | undefined): void {
    if (block) this.accountBlocks.set(accountId, block);
    else this.accountBlocks.delete(accountId);
  }

  /**
   * The settings that count for a bucket: of bucket and account the stricter.
   * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
   *
   * @param accountId owner, for a bucket that does not exist yet
   */
  effectiveBlock(bucketName: string, accountId?: string): PublicAccessBlock {
    const bucket = this.byName.get(bucketName);
    const own = bucket?.publicAccessBlock ?? nothingBlocked;
    const account = this.accountBlocks.get(bucket?.ownerAccountId ?? accountId ?? '') ?? nothingBlocked;
    return {
      blockPublicAcls: own.blockPublicAcls || account.blockPublicAcls,
      ignorePublicAcls: own.ignorePublicAcls || account.ignorePublicAcls,
      blockPublicPolicy: own.blockPublicPolicy || account.blockPublicPolicy,
      restrictPublicBuckets: own.restrictPublicBuckets || account.restrictPublicBuckets,
    };
  }
}
