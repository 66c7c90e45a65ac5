import { DeleteRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  GetBucketAclCommand,
  GetBucketPolicyCommand,
  GetPublicAccessBlockCommand,
  PutBucketAclCommand,
  PutBucketPolicyCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { control } from '../../../controls/s3-public-access';
import { RefusedError } from '../../../core/errors';
import type { FixHistory } from '../../../core/fix-step';
import { deadlineIn } from '../../../hub-functions/remediation/deadline';
import { bucketAdapter } from '../../../resources/bucket/adapter';
import type { Bucket } from '../../../resources/bucket/model';
import type { LiveResource } from '../../../resources/kit/live-resource';
import { s3ControlConfiguration } from '../../../sandbox/services/s3-control/localhost';
import { management, region, TestSandbox, trust } from '../../sandbox/gateway/sandbox';

// Each test makes real calls, and the machine may be busy.

const sandbox = new TestSandbox();
let s3: S3Client;
beforeAll(async () => {
  await sandbox.start();
  s3 = new S3Client(sandbox.as(sandbox.member));
}, 60_000);
afterAll(() => sandbox.stop());

const logDelivery = 'http://acs.amazonaws.com/groups/s3/LogDelivery';
const everybody = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject' };

/** A bucket that everybody can read by its ACL and its policy, and none of whose settings is on. */
async function openBucket(Bucket: string, ...others: object[]): Promise<string> {
  await s3.send(
    new CreateBucketCommand({
      Bucket,
      ACL: 'public-read',
      ObjectOwnership: 'ObjectWriter',
      CreateBucketConfiguration: { LocationConstraint: region },
    }),
  );
  const Statement = [...others, everybody].map((one) => ({ ...one, Resource: `arn:aws:s3:::${Bucket}/*` }));
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Statement }, null, 2) }));
  return Bucket;
}

async function contentOf(Bucket: string) {
  const or = (code: string) => (error: Error) => {
    if (error.name !== code) throw error;
    return undefined;
  };
  const { Grants } = await s3.send(new GetBucketAclCommand({ Bucket }));
  const policy = await s3.send(new GetBucketPolicyCommand({ Bucket })).catch(or('NoSuchBucketPolicy'));
  const block = await s3
    .send(new GetPublicAccessBlockCommand({ Bucket }))
    .catch(or('NoSuchPublicAccessBlockConfiguration'));
  return { Grants, Policy: policy?.Policy, block: block?.PublicAccessBlockConfiguration };
}

async function withLive<Result>(
  name: string,
  work: (live: LiveResource<Bucket>, adapter: ReturnType<typeof bucketAdapter>) => Promise<Result>,
): Promise<Result> {
  const { endpoint } = sandbox.as(sandbox.member);
  const adapter = bucketAdapter({
    s3: { endpoint, forcePathStyle: true },
    s3Control: s3ControlConfiguration(sandbox.gateway.port),
  });
  const live = adapter.open({
    finding: {
      accountId: sandbox.member,
      region,
      control: control.id,
      resourceType: control.resourceType,
      resourceId: name,
    },
    credentials: { ...sandbox.gateway.administratorOf(sandbox.member), sessionToken: '' },
    signal: deadlineIn(30_000),
    mayWrite: async () => {},
  });
  try {
    return await work(live, adapter);
  } finally {
    live.close();
  }
}

function fix(name: string): Promise<FixHistory> {
  return withLive(name, async (live) => {
    const reading = await live.read();
    if (reading === 'gone') throw new Error(name);
    const planned = control.plan(reading.resource, [], control.parameters.parse({}));
    await live.apply(planned, reading, () => {});
    const after = await live.read();
    return {
      steps: [{ before: reading.before, changes: planned.changes }],
      ...(after !== 'gone' && { after: after.before }),
    };
  });
}

/** @returns how many changes were made, or what differs */
function undo(name: string, history: FixHistory): Promise<number | readonly string[]> {
  return withLive(name, async (live, { planUndo }) => {
    const reading = await live.read();
    if (reading === 'gone') throw new Error(name);
    const planned = planUndo(history, reading.before);
    if (planned.kind === 'changed') return planned.differences;
    let made = 0;
    await live.applyUndo(planned.changes, (changes) => {
      made += changes.length;
    });
    return made;
  });
}

describe('undoing the fix of a bucket', () => {
  it('gives back ACL, policy text and block settings, and the second time nothing', async () => {
    const name = await openBucket('undone', { ...everybody, Effect: 'Deny', Action: 's3:DeleteObject' });
    const before = await contentOf(name);
    const history = await fix(name);
    expect((await contentOf(name)).Grants).toHaveLength(1);

    expect(await undo(name, history)).toBe(3);

    expect(await contentOf(name)).toEqual(before);
    expect(before.block).toBeUndefined();
    expect(await undo(name, history)).toBe(0);
  });

  it('completes what stopped after the block settings', async () => {
    const name = await openBucket('half-undone');
    const before = await contentOf(name);
    const history = await fix(name);
    await s3.send(new DeletePublicAccessBlockCommand({ Bucket: name }));

    expect(await undo(name, history)).toBe(2);
    expect(await contentOf(name)).toEqual(before);
  });

  it('restores what the fix took into an ACL and a policy that somebody changed since', async () => {
    const name = await openBucket('changed-since', {
      ...everybody,
      Effect: 'Deny',
      Action: 's3:DeleteObject',
    });
    const Resource = `arn:aws:s3:::${name}/*`;
    const history = await fix(name);
    await s3.send(new PutBucketAclCommand({ Bucket: name, GrantReadACP: `uri="${logDelivery}"` }));
    const others = { Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource };
    await s3.send(
      new PutBucketPolicyCommand({ Bucket: name, Policy: JSON.stringify({ Statement: [others] }) }),
    );

    expect(await undo(name, history)).toBe(3);

    const { Grants, Policy, block } = await contentOf(name);
    expect(Grants?.map(({ Permission }) => Permission)).toEqual(['READ_ACP', 'READ']);
    expect(JSON.parse(String(Policy))).toEqual({ Statement: [{ ...everybody, Resource }, others] });
    expect(block).toBeUndefined();
    expect(await undo(name, history)).toBe(0);
  });

  it('changes nothing of a bucket whose policy somebody deleted since', async () => {
    const name = await openBucket('deleted-since', {
      ...everybody,
      Effect: 'Deny',
      Action: 's3:DeleteObject',
    });
    const history = await fix(name);
    await s3.send(new DeleteBucketPolicyCommand({ Bucket: name }));
    const since = await contentOf(name);

    expect(await undo(name, history)).toEqual(['The policy is gone since the fix.']);
    expect(await contentOf(name)).toEqual(since);
  });

  it("is refused in S3's words where the policy names a role that was deleted", async () => {
    const role = await sandbox.createRole(sandbox.member, 'deleted-reader', trust(management));
    const name = await openBucket('names-deleted-role', { ...everybody, Principal: { AWS: ['*', role] } });
    const history = await fix(name);
    await new IAMClient(sandbox.as(sandbox.member)).send(
      new DeleteRoleCommand({ RoleName: 'deleted-reader' }),
    );

    const undone = undo(name, history);

    await expect(undone).rejects.toThrow(RefusedError);
    await expect(undone).rejects.toThrow('MalformedPolicy: Invalid principal in policy');
  });
});
