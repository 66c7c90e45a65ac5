import { S3Client } from '@aws-sdk/client-s3';
import { S3ControlClient } from '@aws-sdk/client-s3-control';
import { control } from '../../../../controls/s3-public-access';
import { applyToBucket } from '../../../../resources/bucket/apply';
import type { BucketAccess } from '../../../../resources/bucket/calls';
import { completeBucket } from '../../../../resources/bucket/complete';
import { readBucket, readBucketIfStill, readWrittenParts } from '../../../../resources/bucket/read';
import { applyUndoToBucket } from '../../../../resources/bucket/restore';
import { planUndo } from '../../../../resources/bucket/undo';
import { type LiveResource, settlesInSeconds } from '../../../../resources/kit/live-resource';
import { stubbed } from '../../../support/stubbed-client';
import { Attempts, type Tried } from './attempts';

export const owner = { Grantee: { Type: 'CanonicalUser', ID: 'owner' }, Permission: 'FULL_CONTROL' };
export const allUsers = 'http://acs.amazonaws.com/groups/global/AllUsers';
export const everybody = { Grantee: { Type: 'Group', URI: allUsers }, Permission: 'READ' };
export const off = {
  BlockPublicAcls: false,
  IgnorePublicAcls: false,
  BlockPublicPolicy: false,
  RestrictPublicBuckets: false,
};
export const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Open',
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::photos/*',
    },
  ],
});

export const refusal = (name: string) =>
  Object.assign(new Error(`${name}, said S3.`), { name, $fault: 'client' });
export const lost = () => Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });
const missing: Record<string, string> = {
  GetBucketPolicyCommand: 'NoSuchBucketPolicy',
  GetBucketPolicyStatusCommand: 'NoSuchBucketPolicy',
  GetPublicAccessBlockCommand: 'NoSuchPublicAccessBlockConfiguration',
  GetBucketOwnershipControlsCommand: 'OwnershipControlsNotFoundError',
  GetBucketWebsiteCommand: 'NoSuchWebsiteConfiguration',
  GetBucketTaggingCommand: 'NoSuchTagSet',
};

/** A bucket behind a stubbed S3 that blocks and hides what S3 does, and what was saved of its fixes. */
export class MemoryBucket {
  block: typeof off | undefined;
  policy: string | undefined;
  grants: (typeof owner | typeof everybody)[] = [owner];
  ownership: string | undefined;
  /** How many readings of the settings after a write still show what was there before it. */
  lag = 0;
  #shown: { block: typeof off | undefined; times: number } | undefined;
  readonly writes: string[] = [];
  /** What a write is answered with instead, before it is made. */
  before: (command: string) => Error | undefined = () => undefined;
  /** The same, after it was made. */
  after: (command: string) => Error | undefined = () => undefined;
  /** S3's verdict on a policy. */
  isPublic: (policy: string) => boolean = () => true;
  /** What a reading is answered with instead. */
  unread: (command: string) => Error | undefined = () => undefined;
  /** Asked right before every write of a fix. */
  mayWrite: () => Promise<void> = async () => {};
  private readonly attempts = new Attempts();

  constructor(parts: Partial<Pick<MemoryBucket, 'block' | 'policy' | 'grants'>>) {
    Object.assign(this, parts);
  }

  /** One attempt at what is wrong with it, as the coordinator drives it. */
  fix(applyLossy = false) {
    return this.attempts.fix(
      this.tried(() => this.mayWrite()),
      applyLossy,
    );
  }

  undo() {
    return this.attempts.undo(this.tried(async () => {}));
  }

  history() {
    return this.attempts.saved.history();
  }

  /** It, and how it is judged and reached. */
  tried(mayWrite: () => Promise<void>): Tried {
    const region = 'eu-west-1';
    const access: BucketAccess = {
      s3: stubbed(new S3Client({ region }), (command, input) => this.answer(command, input)),
      s3Control: stubbed(new S3ControlClient({ region }), () => {
        throw refusal('NoSuchPublicAccessBlockConfiguration');
      }),
      name: 'photos',
      accountId: '111122223333',
      signal: new AbortController().signal,
      mayWrite,
    };
    const live: LiveResource<never> = {
      settling: settlesInSeconds,
      read: () => readBucket(access) as ReturnType<LiveResource<never>['read']>,
      readIfStill: (before, plan) =>
        readBucketIfStill(access, before, plan) as ReturnType<
          NonNullable<LiveResource<never>['readIfStill']>
        >,
      readWritten: (before) => readWrittenParts(access, before) as ReturnType<LiveResource<never>['read']>,
      apply: (plan, { resource }, onApplied) => applyToBucket(access, plan, resource, onApplied),
      complete: (step, onApplied) => completeBucket(access, step, onApplied),
      applyUndo: (changes, onApplied) => applyUndoToBucket(access, changes, onApplied),
      close() {},
    };
    return { control, parameters: control.parameters.parse({}), planUndo, live };
  }

  private answer(command: string, input: Record<string, unknown>): unknown {
    if (command.startsWith('Get')) return this.read(command);
    this.writes.push(command);
    const refused = this.before(command);
    if (refused) throw refused;
    this.write(command, input);
    const cut = this.after(command);
    if (cut) throw cut;
    return {};
  }

  private read(command: string): unknown {
    const unread = this.unread(command);
    if (unread) throw unread;
    const isShown = ({ Grantee }: (typeof this.grants)[number]) =>
      !(this.block?.IgnorePublicAcls && 'URI' in Grantee);
    const Grants = this.grants.filter(isShown);
    if (command === 'GetBucketAclCommand') return { Owner: { ID: 'owner' }, Grants };
    if (command === 'GetBucketPolicyCommand' && this.policy) return { Policy: this.policy };
    if (command === 'GetBucketPolicyStatusCommand' && this.policy)
      return { PolicyStatus: { IsPublic: this.isPublic(this.policy) } };
    if (command === 'GetPublicAccessBlockCommand') {
      const isLate = this.#shown !== undefined && this.#shown.times-- > 0;
      const block = isLate ? this.#shown?.block : this.block;
      if (block) return { PublicAccessBlockConfiguration: block };
    }
    if (command === 'GetBucketOwnershipControlsCommand' && this.ownership)
      return { OwnershipControls: { Rules: [{ ObjectOwnership: this.ownership }] } };
    throw refusal(missing[command] ?? command);
  }

  private write(command: string, input: Record<string, unknown>): void {
    if (command.includes('PublicAccessBlock')) this.#shown = { block: this.block, times: this.lag };
    if (command === 'PutBucketPolicyCommand') {
      if (this.block?.BlockPublicPolicy) throw refusal('AccessDenied');
      this.policy = String(input.Policy);
    }
    if (command === 'DeleteBucketPolicyCommand') this.policy = undefined;
    if (command === 'DeletePublicAccessBlockCommand') this.block = undefined;
    // The tests give and take only what these types hold.
    if (command === 'PutPublicAccessBlockCommand')
      this.block = input.PublicAccessBlockConfiguration as typeof off;
    if (command === 'PutBucketAclCommand')
      this.grants = (input.AccessControlPolicy as { Grants: (typeof owner)[] }).Grants;
  }
}
