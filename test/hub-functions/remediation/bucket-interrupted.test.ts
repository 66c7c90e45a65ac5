import {
  allUsers,
  everybody,
  lost,
  MemoryBucket,
  off,
  owner,
  policy,
  refusal,
} from './support/memory-bucket';

describe("a bucket's undo that S3 refuses half-way", () => {
  it('puts the settings and the ACL back as the fix left them, and says that nothing was undone', async () => {
    const bucket = new MemoryBucket({ policy, grants: [owner, everybody] });
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
    const bucket = new MemoryBucket({ policy });
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
      const bucket = new MemoryBucket({ policy });
      await bucket.fix();
      let times = 0;
      bucket.before = (command) =>
        command === 'PutBucketPolicyCommand' && times++ < 2 ? refusal(code) : undefined;

      expect(await bucket.undo()).toMatchObject({ outcome: 'undone', applied: 2 });
      expect([bucket.block, bucket.policy]).toEqual([undefined, policy]);
    },
  );
});

describe("a bucket's undo after others changed the bucket since", () => {
  const other = { Grantee: { Type: 'CanonicalUser', ID: 'other' }, Permission: 'READ' };
  const hidden = { Grantee: { Type: 'Group', URI: allUsers }, Permission: 'WRITE' };

  it('keeps a grant to everybody that IgnorePublicAcls hides, and one that it shows', async () => {
    const bucket = new MemoryBucket({ grants: [owner, everybody] });
    await bucket.fix();
    bucket.grants = [owner, hidden, other];

    expect(await bucket.undo()).toMatchObject({ outcome: 'undone' });
    expect([bucket.block, bucket.grants]).toEqual([undefined, [owner, hidden, other, everybody]]);
    expect(await bucket.undo()).toMatchObject({ outcome: 'undone', applied: 0 });
  });

  it.each([1, 2, 3])('is completed after it stopped after write %i', async (last) => {
    const bucket = new MemoryBucket({
      policy,
      grants: [owner, everybody],
      block: { ...off, BlockPublicPolicy: true },
    });
    await bucket.fix();
    const statement = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::photos/*' };
    bucket.policy = JSON.stringify({ ...JSON.parse(policy), Statement: [statement] });
    bucket.grants = [...bucket.grants, other];
    if (bucket.block) bucket.block = { ...bucket.block, RestrictPublicBuckets: true };
    const begun = bucket.writes.length;
    bucket.before = () => (bucket.writes.length > begun + last ? refusal('SlowDown') : undefined);
    expect(await bucket.undo()).toMatchObject({ outcome: 'failed', applied: last });
    bucket.before = () => undefined;

    expect(await bucket.undo()).toMatchObject({ outcome: 'undone' });
    expect(bucket.block).toEqual({ ...off, BlockPublicPolicy: true, RestrictPublicBuckets: true });
    expect(bucket.grants).toEqual([owner, other, everybody]);
    expect(JSON.parse(String(bucket.policy)).Statement).toEqual([...JSON.parse(policy).Statement, statement]);
  });

  it('changes nothing where a statement has the name of one that is to be restored', async () => {
    const bucket = new MemoryBucket({ policy });
    await bucket.fix();
    bucket.policy = policy.replace('GetObject', 'GetObjectTagging');
    const begun = bucket.writes.length;

    expect(await bucket.undo()).toMatchObject({
      outcome: 'changed',
      differences: ['The policy has another statement with the Sid Open since the fix.'],
    });
    expect(bucket.writes).toHaveLength(begun);
  });
});

describe('a bucket whose older policy was public behind BlockPublicPolicy', () => {
  const kept = { ...off, BlockPublicPolicy: true };

  it('has both again after an undo', async () => {
    const bucket = new MemoryBucket({ policy, block: kept });
    expect(await bucket.fix()).toMatchObject({ outcome: 'fixed' });

    expect(await bucket.undo()).toMatchObject({ outcome: 'undone' });
    expect([bucket.block, bucket.policy]).toEqual([kept, policy]);
    expect(await bucket.undo()).toMatchObject({ outcome: 'undone', applied: 0 });
  });

  it('has both again though S3 shows the settings late', async () => {
    const bucket = new MemoryBucket({ policy, block: kept });
    await bucket.fix();
    bucket.lag = 1;

    expect(await bucket.undo()).toMatchObject({ outcome: 'undone' });
    expect([bucket.block, bucket.policy]).toEqual([kept, policy]);
  });

  it.each([1, 2])('has both again after an undo that stopped after write %i, and another', async (last) => {
    const bucket = new MemoryBucket({ policy, block: kept });
    await bucket.fix();
    const begun = bucket.writes.length;
    bucket.before = () => (bucket.writes.length > begun + last ? refusal('SlowDown') : undefined);
    expect(await bucket.undo()).toMatchObject({ outcome: 'failed', applied: last });
    bucket.before = () => undefined;

    expect(await bucket.undo()).toMatchObject({ outcome: 'undone' });
    expect([bucket.block, bucket.policy]).toEqual([kept, policy]);
  });

  it('keeps the setting that its owner turned on after a denied attempt', async () => {
    const bucket = new MemoryBucket({ policy });
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
    const bucket = new MemoryBucket({ policy, block: { ...off, BlockPublicPolicy: true } });
    bucket.after = () => lost();
    expect(await bucket.fix()).toMatchObject({ outcome: 'fixed', violations: [{}], plan: { changes: [{}] } });
    bucket.after = () => undefined;

    expect(await bucket.undo()).toMatchObject({ outcome: 'undone' });
    expect(bucket.policy).toBe(policy);
  });

  it('is counted by an undo that finds it made', async () => {
    const bucket = new MemoryBucket({ policy });
    await bucket.fix();
    bucket.after = (command) => (command === 'DeletePublicAccessBlockCommand' ? lost() : undefined);

    expect(await bucket.undo()).toMatchObject({ outcome: 'undone', applied: 2 });
  });
});

describe('a step that stopped before the ACL was written', () => {
  const half = async () => {
    const bucket = new MemoryBucket({ grants: [owner, everybody] });
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

describe('a public grant that IgnorePublicAcls hides', () => {
  const throttledAcl = (command: string) =>
    command === 'PutBucketAclCommand' ? refusal('SlowDown') : undefined;
  const hidden = { ...off, BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true };

  it('is gone at the end when the fix stopped at the ACL, and was planned anew with another plan', async () => {
    const bucket = new MemoryBucket({ policy, grants: [owner, everybody] });
    bucket.before = throttledAcl;
    expect(await bucket.fix()).toMatchObject({ outcome: 'failed', errorCode: 'SlowDown', applied: 1 });
    expect([bucket.block, bucket.grants]).toMatchObject([hidden, [owner, everybody]]);
    bucket.before = () => undefined;

    const result = await bucket.fix();
    expect(result).toMatchObject({ outcome: 'fixed', plan: { changes: [{ action: 'deletePolicy' }] } });
    expect(result.completed).toMatchObject([{ made: [{ action: 'removeGrant' }] }]);
    expect([bucket.grants, bucket.policy]).toEqual([[owner], undefined]);
    expect((await bucket.history())?.unfinished).toEqual([]);
  });

  it('is gone at the end when several attempts stopped at the ACL, each with another plan', async () => {
    const bucket = new MemoryBucket({ policy, grants: [owner, everybody] });
    bucket.before = throttledAcl;
    await bucket.fix();
    bucket.before = (command) =>
      command === 'PutBucketAclCommand' || command === 'DeleteBucketPolicyCommand'
        ? refusal('SlowDown')
        : undefined;
    expect(await bucket.fix()).toMatchObject({ outcome: 'failed', applied: 0 });
    bucket.before = throttledAcl;
    expect(await bucket.fix()).toMatchObject({ outcome: 'failed', errorCode: 'SlowDown' });
    bucket.before = () => undefined;

    expect(await bucket.fix()).toMatchObject({ outcome: 'fixed' });
    expect([bucket.grants, bucket.policy]).toEqual([[owner], undefined]);
  });

  it('is gone at the end where an earlier attempt had taken the very same one before', async () => {
    const bucket = new MemoryBucket({ grants: [owner, everybody] });
    bucket.unread = () => (bucket.writes.length > 1 ? refusal('SlowDown') : undefined);
    expect(await bucket.fix()).toMatchObject({ outcome: 'failed', applied: 2 });
    bucket.unread = () => undefined;
    // Its owner sets it up again, just as it was.
    Object.assign(bucket, { block: undefined, grants: [owner, everybody] });
    bucket.before = throttledAcl;
    expect(await bucket.fix()).toMatchObject({ outcome: 'failed', errorCode: 'SlowDown' });
    bucket.before = () => undefined;

    expect(await bucket.fix()).toMatchObject({ outcome: 'fixed', applied: 1 });
    expect(bucket.grants).toEqual([owner]);
  });

  it('and all that was taken with it, is given back by an undo', async () => {
    const bucket = new MemoryBucket({ policy, grants: [owner, everybody] });
    bucket.before = throttledAcl;
    await bucket.fix();
    bucket.before = () => undefined;
    await bucket.fix();

    expect(await bucket.undo()).toMatchObject({ outcome: 'undone' });
    expect([bucket.block, bucket.grants, bucket.policy]).toEqual([undefined, [owner, everybody], policy]);
    expect(await bucket.history()).toMatchObject({ undoneAt: expect.any(String), unfinished: [] });
  });
});

describe('an attempt that made nothing', () => {
  it('adds no write to the next one, which makes the very same plan', async () => {
    const bucket = new MemoryBucket({ grants: [owner, everybody] });
    bucket.before = () => refusal('AccessDenied');
    expect(await bucket.fix()).toMatchObject({ outcome: 'failed', applied: 0 });
    bucket.before = () => undefined;
    const begun = bucket.writes.length;

    expect(await bucket.fix()).toMatchObject({ outcome: 'fixed', applied: 2 });
    expect(bucket.writes.slice(begun)).toEqual(['PutPublicAccessBlockCommand', 'PutBucketAclCommand']);
  });
});
