import type {
  DeleteBucketPolicyCommandInput,
  GetBucketAclCommandInput,
  ListBucketsCommandInput,
  PutBucketAclCommandInput,
  PutBucketPolicyCommandInput,
  PutPublicAccessBlockCommandInput,
} from '@aws-sdk/client-s3';
import type { Authorization } from '../authorization';
import type { Caller, Commands } from '../commands';
import { pageOf } from '../page';
import { serviceError } from '../service-error';
import { isStorable } from '../stored-policy';
import { type BucketState, isPublic, ownerOf, ownGrant } from './bucket-state';
import { Buckets } from './buckets';
import { isPublicPolicy } from './policy-status';

/** What names a bucket in a call. */
type BucketInput = Pick<GetBucketAclCommandInput, 'Bucket' | 'ExpectedBucketOwner'>;

/**
 * Buckets in memory, as S3 answers the calls that read and change who can reach them. Codes:
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 * What the settings do: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
export class S3 extends Buckets {
  constructor(private readonly authorization: Authorization) {
    super();
  }

  /** What a client of S3 sends. */
  readonly commands: Commands = {
    ListBuckets: (input: ListBucketsCommandInput, caller: Caller) => {
      const { accountId } = this.authorization.check(caller, {
        service: 'S3',
        action: 's3:ListAllMyBuckets',
        resources: ['*'],
        accountId: caller.session?.accountId ?? '',
      });
      const { BucketRegion: region, MaxBuckets: size, ContinuationToken: token } = input;
      if (region === undefined || size === undefined) {
        throw new Error('The in-memory S3 lists the buckets of one Region, page by page.');
      }
      // https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html
      if (region !== caller.region)
        throw refusal('InvalidArgument', 'Asked of another Region than its own', 400);
      const { page, next } = pageOf(this.bucketsIn(accountId, region), token, size);
      return {
        Buckets: page.map((Name) => ({ Name, BucketRegion: region })),
        ...(next && { ContinuationToken: next }),
      };
    },
    GetBucketAcl: (input: BucketInput, caller: Caller) => {
      const state = this.#reached(input, caller, 's3:GetBucketAcl');
      const Owner = ownerOf(state.accountId);
      if (state.ownership === 'BucketOwnerEnforced') return { Owner, Grants: [ownGrant(state.accountId)] };
      const isHidden = this.effectiveBlock(state).IgnorePublicAcls;
      return {
        Owner,
        Grants: structuredClone(state.grants.filter((grant) => !(isHidden && isPublic(grant)))),
      };
    },
    GetBucketPolicy: (input: BucketInput, caller: Caller) => {
      const { policy } = this.#reached(input, caller, 's3:GetBucketPolicy');
      return { Policy: there(policy, 'NoSuchBucketPolicy') };
    },
    GetBucketPolicyStatus: (input: BucketInput, caller: Caller) => {
      const { policy } = this.#reached(input, caller, 's3:GetBucketPolicyStatus');
      return { PolicyStatus: { IsPublic: isPublicPolicy(there(policy, 'NoSuchBucketPolicy')) } };
    },
    GetPublicAccessBlock: (input: BucketInput, caller: Caller) => {
      const { block } = this.#reached(input, caller, 's3:GetBucketPublicAccessBlock');
      return { PublicAccessBlockConfiguration: { ...there(block, 'NoSuchPublicAccessBlockConfiguration') } };
    },
    GetBucketOwnershipControls: (input: BucketInput, caller: Caller) => {
      const { ownership } = this.#reached(input, caller, 's3:GetBucketOwnershipControls');
      const ObjectOwnership = there(ownership, 'OwnershipControlsNotFoundError');
      return { OwnershipControls: { Rules: [{ ObjectOwnership }] } };
    },
    GetBucketWebsite: (input: BucketInput, caller: Caller) => {
      const { website } = this.#reached(input, caller, 's3:GetBucketWebsite');
      return structuredClone(there(website, 'NoSuchWebsiteConfiguration'));
    },
    GetBucketTagging: (input: BucketInput, caller: Caller) => {
      const { tags } = this.#reached(input, caller, 's3:GetBucketTagging');
      return { TagSet: structuredClone(there(tags, 'NoSuchTagSet')) };
    },
    PutBucketAcl: (input: PutBucketAclCommandInput, caller: Caller) => {
      const state = this.#reached(input, caller, 's3:PutBucketAcl');
      const { Grants, Owner } = input.AccessControlPolicy ?? {};
      if (!Grants) throw new Error('The in-memory S3 takes an ACL as AccessControlPolicy.');
      if (state.ownership === 'BucketOwnerEnforced') {
        throw refusal('AccessControlListNotSupported', 'The bucket does not allow ACLs', 400);
      }
      if (Owner?.ID !== ownerOf(state.accountId).ID) throw refusal('AccessDenied', 'Access Denied', 403);
      if (this.effectiveBlock(state).BlockPublicAcls && Grants.some(isPublic)) {
        throw refusal('AccessDenied', 'public ACLs are blocked by BlockPublicAcls', 403);
      }
      // What was hidden goes too: an ACL is replaced as a whole.
      state.grants = structuredClone(Grants);
      return {};
    },
    PutBucketPolicy: (input: PutBucketPolicyCommandInput, caller: Caller) => {
      const state = this.#reached(input, caller, 's3:PutBucketPolicy');
      const policy = wellFormed(input.Policy);
      if (this.effectiveBlock(state).BlockPublicPolicy && isPublicPolicy(policy)) {
        throw refusal('AccessDenied', 'public policies are blocked by BlockPublicPolicy', 403);
      }
      state.policy = policy;
      return {};
    },
    DeleteBucketPolicy: (input: DeleteBucketPolicyCommandInput, caller: Caller) => {
      this.#reached(input, caller, 's3:DeleteBucketPolicy').policy = undefined;
      return {};
    },
    PutPublicAccessBlock: (input: PutPublicAccessBlockCommandInput, caller: Caller) => {
      const state = this.#reached(input, caller, 's3:PutBucketPublicAccessBlock');
      const given = input.PublicAccessBlockConfiguration ?? {};
      // What is left out is off.
      state.block = {
        BlockPublicAcls: given.BlockPublicAcls ?? false,
        IgnorePublicAcls: given.IgnorePublicAcls ?? false,
        BlockPublicPolicy: given.BlockPublicPolicy ?? false,
        RestrictPublicBuckets: given.RestrictPublicBuckets ?? false,
      };
      return {};
    },
    // Deleting takes the same permission as putting.
    DeletePublicAccessBlock: (input: BucketInput, caller: Caller) => {
      this.#reached(input, caller, 's3:PutBucketPublicAccessBlock').block = undefined;
      return {};
    },
  };

  /** What a client of S3's control plane sends. */
  readonly controlCommands: Commands = {
    GetPublicAccessBlock: ({ AccountId: accountId = '' }: { AccountId?: string }, caller: Caller) => {
      const action = 's3:GetAccountPublicAccessBlock';
      this.authorization.check(caller, { service: 'S3 Control', action, resources: ['*'], accountId });
      const block = this.accountBlock(accountId);
      if (block) return { PublicAccessBlockConfiguration: { ...block } };
      const code = 'NoSuchPublicAccessBlockConfiguration';
      throw serviceError('S3 Control', code, 'The account has no such settings', 404);
    },
  };

  /** The bucket of a call, once the call is allowed. */
  #reached(
    { Bucket: name = '', ExpectedBucketOwner: expected }: BucketInput,
    caller: Caller,
    action: string,
  ): BucketState {
    const state = this.bucket(name);
    if (expected === undefined)
      this.authorization.violations.push(`${action} of ${name} without ExpectedBucketOwner`);
    // Whose bucket it is, the caller only says.
    const accountId = expected ?? state?.accountId ?? '';
    const resources = [`arn:aws:s3:::${name}`];
    this.authorization.check(caller, { service: 'S3', action, resources, accountId });
    if (!state) throw refusal('NoSuchBucket', 'The specified bucket does not exist', 404);
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html
    if (state.accountId !== accountId) throw refusal('AccessDenied', 'Access Denied', 403);
    if (state.region !== caller.region) {
      throw refusal('PermanentRedirect', `The bucket is in the region '${state.region}'`, 301);
    }
    return state;
  }
}

function refusal(code: string, message: string, status: number): Error {
  return serviceError('S3', code, message, status);
}

function there<Part>(part: Part | undefined, code: string): Part {
  if (part !== undefined) return part;
  throw refusal(code, 'The bucket has no such configuration', 404);
}

function wellFormed(policy = ''): string {
  if (isStorable(policy)) return policy;
  throw refusal('MalformedPolicy', 'Invalid principal in policy, or no policy at all', 400);
}
