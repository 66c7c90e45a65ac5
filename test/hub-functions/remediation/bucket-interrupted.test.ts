import { S3Client } from '@aws-sdk/client-s3';
import { S3ControlClient } from '@aws-sdk/client-s3-control';
import type { Json } from '../../../contract/json';
import { planUndo } from '../../../controls/resources/bucket-undo';
import type { FixStep, StepResult } from '../../../controls/resources/undo';
import { control } from '../../../controls/s3-public-access';
import { applyToBucket } from '../../../hub-functions/remediation/bucket/apply';
import type { BucketAccess } from '../../../hub-functions/remediation/bucket/calls';
import { completeBucket } from '../../../hub-functions/remediation/bucket/complete';
import { readBucket } from '../../../hub-functions/remediation/bucket/read';
import { applyUndoToBucket } from '../../../hub-functions/remediation/bucket/undo';
import type { LiveResource } from '../../../hub-functions/remediation/live-resource';
import { remediate } from '../../../hub-functions/remediation/remediate';
import { undo } from '../../../hub-functions/remediation/undo';
import { stubbed } from '../../support/stubbed-client';

const owner = { Grantee: { Type: 'CanonicalUser', ID: 'owner' }, Permission: 'FULL_CONTROL' };
const allUsers = 'http://acs.amazonaws.com/groups/global/AllUsers';
const everybody = { Grantee: { Type: 'Group', URI: allUsers }, Permission: 'READ' };
const off = {
  BlockPublicAcls: false,
  IgnorePublicAcls: false,
  BlockPublicPolicy: false,
  RestrictPublicBuckets: false,
};
const policy = JSON.stringify({
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

const refusal = (name: string) => Object.assign(new Error(`${name}, said S3.`), { name, $fault: 'client' });
const lost = () => Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });
const missing: Record<string, string> = {
  GetBucketPolicyCommand: 'NoSuchBucketPolicy',
  GetBucketPolicyStatusCommand: 'NoSuchBucketPolicy',
  GetPublicAccessBlockCommand: 'NoSuchPublicAccessBlockConfiguration',
  GetBucketOwnershipControlsCommand: 'OwnershipControlsNotFoundError',
  GetBucketWebsiteCommand: 'NoSuchWebsiteConfiguration',
  GetBucketTaggingCommand: 'NoSuchTagSet',
};

/** A bucket behind a stubbed S3 that blocks and hides what S3 does, and what was saved of its fixes. */
class Bucket {
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
  readonly #steps: (FixStep & Partial<StepResult>)[] = [];
  #left: Json | undefined;

  constructor(parts: Partial<Pick<Bucket, 'block' | 'policy' | 'grants'>>) {
    Object.assign(this, parts);
  }

  fix() {
    return remediate({
      ...this.common(),
      mode: 'apply',
      applyLossy: false,
      saveStep: async (step) => void this.#steps.push(JSON.parse(JSON.stringify(step))),
      saveResult: async (result) => void Object.assign(this.#steps.at(-1) ?? {}, result),
      saveAfter: async (left) => {
        this.#left = left;
      },
      stopped: async () => undefined,
      unfinished: async () => (this.#left === undefined ? this.#steps.at(-1) : undefined),
    });
  }

  undo() {
    const [first, ...rest] = this.#steps;
    const after = this.#left;
    return undo({
      ...this.common(),
      planUndo,
      history: async () => first && { steps: [first, ...rest], ...(after !== undefined && { after }) },
      saveUndone: async () => {},
    });
  }

  private common() {
    const region = 'eu-west-1';
    const access: BucketAccess = {
      s3: stubbed(new S3Client({ region }), (command, input) => this.answer(command, input)),
      s3Control: stubbed(new S3ControlClient({ region }), () => {
        throw refusal('NoSuchPublicAccessBlockConfiguration');
      }),
      name: 'photos',
      accountId: '111122223333',
      signal: new AbortController().signal,
    };
    const live: LiveResource<never> = {
      read: () => readBucket(access) as ReturnType<LiveResource<never>['read']>,
      apply: (plan, { resource }, onApplied) => applyToBucket(access, plan, resource, onApplied),
      complete: (step, onApplied) => completeBucket(access, step, onApplied),
      applyUndo: (changes, onApplied) => applyUndoToBucket(access, changes, onApplied),
      close() {},
    };
    return { control, parameters: control.parameters.parse({}), live, pause: async () => {} };
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
    const hidden = this.block?.IgnorePublicAcls ? [everybody] : [];
    const Grants = this.grants.filter((grant) => !hidden.includes(grant as typeof everybody));
    if (command === 'GetBucketAclCommand') return { Owner: { ID: 'owner' }, Grants };
    if (command === 'GetBucketPolicyCommand' && this.policy) return { Policy: this.policy };
    if (command === 'GetBucketPolicyStatusCommand' && this.policy)
      return { PolicyStatus: { IsPublic: true } };
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

describe("a bucket's undo that S3 refuses half-way", () => {
  it('puts the settings and the ACL back as the fix left them, and says that nothing was undone', async () => {
    const bucket = new Bucket({ policy, grants: [owner, everybody] });
    await bucket.fix();
    const fixed = { block: bucket.block, grants: bucket.grants };
    bucket.before = (command) =>
      command === 'PutBucketPolicyCommand' ? refusal('MalformedPolicy') : undefined;
    const result = await bucket.undo();

    expect(result).toMatchObject({ outcome: 'refused', applied: 0 });
    expect(result).not.toHaveProperty('given');
    expect({ block: bucket.block, grants: bucket.grants }).toEqual(fixed);
  });

  it('tells what stays undone where that cannot be put back', async () => {
    const bucket = new Bucket({ policy });
    await bucket.fix();
    bucket.before = (command) =>
      /^Put/.test(command)
        ? refusal(command === 'PutBucketPolicyCommand' ? 'MalformedPolicy' : 'AccessDenied')
        : undefined;

    expect(await bucket.undo()).toMatchObject({
      outcome: 'refused',
      applied: 1,
      given: [{ action: 'restorePublicAccessBlock' }],
    });
  });

  it.each(['OperationAborted', 'AccessDenied'])(
    'tries again where S3 is not done with the settings yet: %s',
    async (code) => {
      const bucket = new Bucket({ policy });
      await bucket.fix();
      let times = 0;
      bucket.before = (command) =>
        command === 'PutBucketPolicyCommand' && times++ < 2 ? refusal(code) : undefined;

      expect(await bucket.undo()).toMatchObject({ outcome: 'undone', applied: 2 });
      expect([bucket.block, bucket.policy]).toEqual([undefined, policy]);
    },
  );
});

describe('a bucket whose older policy was public behind BlockPublicPolicy', () => {
  const kept = { ...off, BlockPublicPolicy: true };

  it('has both again after an undo', async () => {
    const bucket = new Bucket({ policy, block: kept });
    expect(await bucket.fix()).toMatchObject({ outcome: 'fixed' });

    expect(await bucket.undo()).toMatchObject({ outcome: 'undone' });
    expect([bucket.block, bucket.policy]).toEqual([kept, policy]);
    expect(await bucket.undo()).toMatchObject({ outcome: 'undone', applied: 0 });
  });

  it('has both again though S3 shows the settings late', async () => {
    const bucket = new Bucket({ policy, block: kept });
    await bucket.fix();
    bucket.lag = 1;

    expect(await bucket.undo()).toMatchObject({ outcome: 'undone' });
    expect([bucket.block, bucket.policy]).toEqual([kept, policy]);
  });

  it.each([1, 2])('has both again after an undo that stopped after write %i, and another', async (last) => {
    const bucket = new Bucket({ policy, block: kept });
    await bucket.fix();
    const begun = bucket.writes.length;
    bucket.before = () => (bucket.writes.length > begun + last ? refusal('SlowDown') : undefined);
    expect(await bucket.undo()).toMatchObject({ outcome: 'failed', applied: last });
    bucket.before = () => undefined;

    expect(await bucket.undo()).toMatchObject({ outcome: 'undone' });
    expect([bucket.block, bucket.policy]).toEqual([kept, policy]);
  });

  it('keeps the setting that its owner turned on after a denied attempt', async () => {
    const bucket = new Bucket({ policy });
    bucket.before = () => refusal('AccessDenied');
    expect(await bucket.fix()).toMatchObject({ outcome: 'failed', applied: 0 });
    bucket.before = () => undefined;
    bucket.block = kept;
    expect(await bucket.fix()).toMatchObject({ outcome: 'fixed' });

    expect(await bucket.undo()).toMatchObject({ outcome: 'undone' });
    expect([bucket.block, bucket.policy]).toEqual([kept, policy]);
  });
});

describe('a write of a bucket whose answer is lost', () => {
  it('is a fix, when the bucket complies then, and can be undone', async () => {
    const bucket = new Bucket({ policy, block: { ...off, BlockPublicPolicy: true } });
    bucket.after = () => lost();
    expect(await bucket.fix()).toMatchObject({ outcome: 'fixed', violations: [{}], plan: { changes: [{}] } });
    bucket.after = () => undefined;

    expect(await bucket.undo()).toMatchObject({ outcome: 'undone' });
    expect(bucket.policy).toBe(policy);
  });

  it('is counted by an undo that finds it made', async () => {
    const bucket = new Bucket({ policy });
    await bucket.fix();
    bucket.after = (command) => (command === 'DeletePublicAccessBlockCommand' ? lost() : undefined);

    expect(await bucket.undo()).toMatchObject({ outcome: 'undone', applied: 2 });
  });
});

describe('a step that stopped before the ACL was written', () => {
  const half = async () => {
    const bucket = new Bucket({ grants: [owner, everybody] });
    bucket.before = (command) => (command === 'PutBucketAclCommand' ? refusal('SlowDown') : undefined);
    expect(await bucket.fix()).toMatchObject({ outcome: 'failed', applied: 1 });
    bucket.before = () => undefined;
    return bucket;
  };

  it('has nothing left to be made where the bucket has no ACL any more', async () => {
    const bucket = await half();
    bucket.ownership = 'BucketOwnerEnforced';
    bucket.grants = [owner];
    bucket.before = () => refusal('AccessControlListNotSupported');

    expect(await bucket.fix()).toMatchObject({ outcome: 'already-compliant' });
  });

  it('is made whole by the next attempt, and all of it is undone', async () => {
    const bucket = await half();
    expect(await bucket.fix()).toMatchObject({ outcome: 'fixed', applied: 1 });
    expect(bucket.grants).toEqual([owner]);

    expect(await bucket.undo()).toMatchObject({ outcome: 'undone' });
    expect([bucket.block, bucket.grants]).toEqual([undefined, [owner, everybody]]);
  });
});
