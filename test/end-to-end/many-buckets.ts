import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  DeletePublicAccessBlockCommand,
  GetBucketAclCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetPublicAccessBlockCommand,
  PutBucketAclCommand,
  PutBucketPolicyCommand,
  PutBucketWebsiteCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import * as z from 'zod/mini';
import { control } from '../../controls/s3-public-access';
import { bucketFromApi } from '../../resources/bucket/model';
import type { AccountClients } from '../../sandbox/account-clients';
import type { Sandbox } from '../../sandbox/sandbox';
import { runs } from '../controls/support/arbitraries';
import {
  dangersOf,
  forBucket,
  healed,
  isPublicGrant,
  meaningOf,
  nameOfGrant,
  type RandomBucket,
  randomBuckets,
} from './random-buckets';
import { atOnce, lastReportOf } from './support';

/** A random bucket that stands, and how S3 answers after everything was settled. */
interface Planted {
  bucket: RandomBucket;
  clients: AccountClients;
  name: string;
  after: Awaited<ReturnType<typeof read>>;
}

let sandbox: Sandbox;
let buckets: Planted[] = [];

/** Plants the buckets, spread over these places, while nothing is recorded there. */
export async function plantBuckets(
  into: Sandbox,
  places: readonly AccountClients[],
  count: number,
): Promise<void> {
  sandbox = into;
  const samples = fc.sample(randomBuckets, { ...runs, numRuns: count });
  buckets = await atOnce(
    samples.map((bucket, index) => async () => {
      const clients = places[index % places.length] as AccountClients;
      const name = `random-${index}-${clients.accountId}`;
      await plant(bucket, clients, name);
      return { bucket, clients, name, after: await read(clients, name) };
    }),
  );
}

/** Reads the buckets again, once everything is settled. */
export async function readBuckets(): Promise<void> {
  await atOnce(
    buckets.map((bucket) => async () => {
      bucket.after = await read(bucket.clients, bucket.name);
    }),
  );
}

async function plant(bucket: RandomBucket, { s3, region }: AccountClients, Bucket: string): Promise<void> {
  const constraint = { LocationConstraint: region as BucketLocationConstraint };
  await s3.send(
    new CreateBucketCommand({
      Bucket,
      ObjectOwnership: bucket.ownership,
      ...(region === 'us-east-1' ? {} : { CreateBucketConfiguration: constraint }),
    }),
  );
  if (bucket.website) {
    const WebsiteConfiguration = { IndexDocument: { Suffix: 'index.html' } };
    await s3.send(new PutBucketWebsiteCommand({ Bucket, WebsiteConfiguration }));
  }
  if (bucket.grants.length > 0) {
    const { Owner, Grants = [] } = await s3.send(new GetBucketAclCommand({ Bucket }));
    const AccessControlPolicy = { Owner, Grants: [...Grants, ...bucket.grants] };
    await s3.send(new PutBucketAclCommand({ Bucket, AccessControlPolicy }));
  }
  if (bucket.policy) {
    const Policy = JSON.stringify(forBucket(bucket.policy, Bucket));
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  }
  if (bucket.block) {
    const PublicAccessBlockConfiguration = bucket.block;
    await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
  }
}

async function read({ s3 }: AccountClients, Bucket: string) {
  const absent = () => undefined;
  const [acl, policy, status, block, ownership] = await Promise.all([
    s3.send(new GetBucketAclCommand({ Bucket })),
    s3.send(new GetBucketPolicyCommand({ Bucket })).catch(absent),
    s3.send(new GetBucketPolicyStatusCommand({ Bucket })).catch(absent),
    s3.send(new GetPublicAccessBlockCommand({ Bucket })).catch(absent),
    s3.send(new GetBucketOwnershipControlsCommand({ Bucket })),
  ]);
  return {
    Name: Bucket,
    Grants: acl.Grants ?? [],
    Owner: acl.Owner,
    Policy: policy?.Policy,
    PolicyStatus: status?.PolicyStatus,
    PublicAccessBlockConfiguration: block?.PublicAccessBlockConfiguration,
    OwnershipControls: ownership.OwnershipControls,
  };
}

/** What must become of a bucket's finding; undefined where there must be none. */
function expectedState({ bucket }: Planted): 'fixed' | 'waiting' | undefined {
  const { byAcl, byPolicy } = dangersOf(bucket);
  if (!byAcl && !byPolicy) return undefined;
  return bucket.website ? 'waiting' : 'fixed';
}

const withState = (state: 'fixed' | 'waiting' | undefined) =>
  buckets.filter((bucket) => expectedState(bucket) === state);

/** What a bucket must be in the end: healed where it was fixed, as it was planted everywhere else. */
const expected = (planted: Planted) =>
  expectedState(planted) === 'fixed' ? healed(planted.bucket) : planted.bucket;

const named = (all: Planted[], what: (planted: Planted) => unknown) =>
  Object.fromEntries(all.map((planted) => [planted.name, what(planted)]));

const grantsOf = ({ after: { Grants, Owner } }: Planted) =>
  Grants.filter(({ Grantee }) => Grantee?.ID !== Owner?.ID)
    .map(nameOfGrant)
    .sort();

/** Tests of the buckets, after `readBuckets`. The last one opens buckets again. */
export const testsOfBuckets = () => {
  it('are of every kind', () => {
    const fixed = withState('fixed').map(({ bucket }) => dangersOf(bucket));
    expect(fixed.filter(({ byAcl, byPolicy }) => byAcl && !byPolicy).length).toBeGreaterThan(
      buckets.length * 0.05,
    );
    expect(fixed.filter(({ byAcl, byPolicy }) => !byAcl && byPolicy).length).toBeGreaterThan(
      buckets.length * 0.05,
    );
    expect(fixed.filter(({ byAcl, byPolicy }) => byAcl && byPolicy).length).toBeGreaterThan(
      buckets.length * 0.05,
    );
    expect(withState('waiting').length).toBeGreaterThan(buckets.length * 0.03);
    expect(withState(undefined).length).toBeGreaterThan(buckets.length * 0.1);
  });

  it('come out fixed, waiting for a lossy plan, or without a finding', () => {
    const states = named(buckets, ({ name }) => lastReportOf(sandbox, name)?.state);
    const isLossy = named(withState('waiting'), ({ name }) => lastReportOf(sandbox, name)?.plan?.lossy);

    expect(states).toEqual(named(buckets, expectedState));
    expect(isLossy).toEqual(named(withState('waiting'), () => true));
  });

  it('keep the meaning of every harmless statement, and nothing of a public one', () => {
    const policies = named(buckets, ({ after: { Policy } }) => Policy && meaningOf(JSON.parse(Policy)));

    expect(policies).toEqual(
      named(buckets, (planted) => meaningOf(forBucket(expected(planted).policy, planted.name))),
    );
  });

  it('have the settings that keep closed what was fixed, and otherwise those that they had', () => {
    const blocks = named(buckets, ({ after }) => after.PublicAccessBlockConfiguration);

    expect(blocks).toEqual(named(buckets, (planted) => expected(planted).block));
  });

  it('keep every harmless grant, and show nobody a public one that counts', () => {
    const visible = (planted: Planted) => {
      const { grants, block } = expected(planted);
      return grants.filter((grant) => !block?.IgnorePublicAcls || !isPublicGrant(grant));
    };

    expect(named(buckets, grantsOf)).toEqual(
      named(buckets, (planted) => visible(planted).map(nameOfGrant).sort()),
    );
    const owners = named(buckets, ({ after: { Grants, Owner } }) =>
      Grants.filter(({ Grantee }) => Grantee?.ID === Owner?.ID).map(({ Permission }) => Permission),
    );
    expect(owners).toEqual(named(buckets, () => ['FULL_CONTROL']));
  });

  it('comply after the fix, by the verdict on the live bucket and by that of S3 on its policy', () => {
    const parameters = z.parse(control.parameters, {});
    const verdicts = withState('fixed').map(
      ({ after }) => control.evaluate(bucketFromApi(after), parameters).compliance,
    );
    const isPublic = withState('fixed')
      .filter(({ bucket }) => dangersOf(bucket).byPolicy)
      .map(({ after }) => after.PolicyStatus?.IsPublic ?? false);

    expect(new Set(verdicts)).toEqual(new Set(['COMPLIANT']));
    expect(new Set(isPublic)).toEqual(new Set([false]));
  });

  it('have really lost their public grants, which the settings alone would hide', async () => {
    const opened = withState('fixed').filter(({ bucket }) => dangersOf(bucket).byAcl);
    const grants = await atOnce(
      opened.map((planted) => async () => {
        await planted.clients.s3.send(new DeletePublicAccessBlockCommand({ Bucket: planted.name }));
        return grantsOf({ ...planted, after: await read(planted.clients, planted.name) });
      }),
    );

    expect(grants).toEqual(opened.map(({ bucket }) => healed(bucket).grants.map(nameOfGrant).sort()));
  });
};
