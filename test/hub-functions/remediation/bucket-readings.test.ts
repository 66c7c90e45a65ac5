import { stateDigest } from '../../../core/state-digest';
import { applyFix } from '../../../hub-functions/remediation/apply';
import { planFix } from '../../../hub-functions/remediation/plan';
import { everybody, MemoryBucket, off, owner, policy } from './support/memory-bucket';

const ours = policy.replace('"Principal":"*"', '"Principal":{"AWS":"arn:aws:iam::777777777777:root"}');
const pause = async () => {};

/** A bucket whose ACL is public, and a fix of it as the coordinator asks for it: a look, and a moment later the plan. */
function planted(parts: { policy?: string } = {}) {
  const bucket = new MemoryBucket({ grants: [owner, everybody], ...parts });
  bucket.isPublic = (text) => text === policy;
  const { live, control, parameters } = bucket.tried(async () => {});
  const task = { live, control, parameters, pause };
  const look = async () => {
    const { plan, state } = await planFix(task);
    if (!plan || state === undefined) throw new Error('It is dangerous.');
    const fix = { plan, state: stateDigest(state), before: state };
    return () => applyFix({ ...task, fix, applyLossy: false, unfinished: [] });
  };
  return { bucket, look };
}

/** Every reading of the bucket, after how many writes it came. */
function readings(bucket: MemoryBucket): string[] {
  const read: string[] = [];
  bucket.unread = (command) => {
    read.push(`${bucket.writes.length} ${command.replace(/Get(Bucket)?|Command/g, '')}`);
    return undefined;
  };
  return read;
}

describe('a fix of a bucket', () => {
  it('reads what its plan comes from before it, each part right before its write, and what it wrote', async () => {
    const { bucket, look } = planted();
    const fix = await look();
    const read = readings(bucket);
    expect(await fix()).toMatchObject({ outcome: 'fixed' });
    expect(bucket.writes).toEqual(['PutPublicAccessBlockCommand', 'PutBucketAclCommand']);
    expect(read.sort()).toEqual([
      '0 Acl',
      '0 OwnershipControls',
      '0 Policy',
      '0 PublicAccessBlock',
      '0 Website',
      '1 Acl',
      '2 Acl',
      '2 Policy',
      '2 PublicAccessBlock',
    ]);
  });

  it('leaves behind a state that is the same as one that is read wholly', async () => {
    const { bucket, look } = planted();
    const { state } = await (await look())();
    const { live } = bucket.tried(async () => {});
    expect(await live.read()).toMatchObject({ before: state });
  });

  it.each([
    ['the policy', (bucket: MemoryBucket) => Object.assign(bucket, { policy })],
    ['the ACL', (bucket: MemoryBucket) => bucket.grants.push({ ...everybody, Permission: 'WRITE' })],
    ['who owns the objects', (bucket: MemoryBucket) => Object.assign(bucket, { ownership: 'ObjectWriter' })],
    [
      'the settings',
      (bucket: MemoryBucket) => Object.assign(bucket, { block: { ...off, BlockPublicPolicy: true } }),
    ],
  ])('is not made where somebody changed %s since the look', async (_what, change) => {
    const { bucket, look } = planted();
    const fix = await look();
    change(bucket);
    expect(await fix()).toMatchObject({ outcome: 'changed', look: { plan: expect.anything() } });
    expect(bucket.writes).toEqual([]);
  });

  it('is not made where the bucket complies by then', async () => {
    const { bucket, look } = planted();
    const fix = await look();
    bucket.grants = [owner];
    expect(await fix()).toMatchObject({ outcome: 'already-compliant', applied: 0 });
    expect(bucket.writes).toEqual([]);
  });

  it('asks for no verdict of S3 on a policy that it has not changed, and for one on another', async () => {
    const { bucket, look } = planted({ policy: ours });
    const fix = await look();
    const read = readings(bucket);
    expect(await fix()).toMatchObject({ outcome: 'fixed' });
    expect(read.filter((each) => each.endsWith('PolicyStatus'))).toEqual([]);
  });

  it('looks again where what it wrote is not seen yet', async () => {
    const { bucket, look } = planted();
    const fix = await look();
    const { grants, block } = bucket;
    let seen = 0;
    bucket.after = (command) => {
      if (command !== 'PutBucketAclCommand') return undefined;
      const written = { grants: bucket.grants, block: bucket.block };
      Object.assign(bucket, { grants, block });
      bucket.unread = () => {
        seen += 1;
        if (seen > 12) Object.assign(bucket, written);
        return undefined;
      };
      return undefined;
    };
    expect(await fix()).toMatchObject({ outcome: 'fixed' });
    expect(seen).toBeGreaterThan(12);
  });

  it.each([
    ['that had no policy', undefined],
    ['that had a harmless policy', ours],
  ])('is not called fixed where somebody gave a bucket %s a public one meanwhile', async (_what, before) => {
    const { bucket, look } = planted(before === undefined ? {} : { policy: before });
    const fix = await look();
    bucket.after = (command) => {
      if (command === 'PutBucketAclCommand') bucket.policy = policy;
      return undefined;
    };
    expect(await fix()).toMatchObject({
      outcome: 'failed',
      applied: 2,
      look: { violations: [{ kind: expect.any(String) }] },
    });
  });
});
