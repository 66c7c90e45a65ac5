import { Readable } from 'node:stream';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  GetBucketAclCommand,
  GetBucketPolicyCommand,
  GetPublicAccessBlockCommand,
  PutBucketAclCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketWebsiteCommand,
  PutPublicAccessBlockCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { control } from '../../../controls/s3-public-access';
import type { Json } from '../../../core/json';
import type { RemediationResult } from '../../../core/remediation';
import { stateDigest } from '../../../core/state-digest';
import { applyFix } from '../../../hub-functions/remediation/apply';
import { deadlineIn } from '../../../hub-functions/remediation/deadline';
import { planFix } from '../../../hub-functions/remediation/plan';
import { bucketAdapter } from '../../../resources/bucket/adapter';
import type { Moto } from '../../../sandbox/moto/moto';
import { startTestMoto } from '../../support/moto';
import { type Attempted, Attempts, type Tried } from './support/attempts';

// Each test makes real calls, and the machine may be busy.

const region = 'eu-west-1';
const accountId = '123456789012';
const credentials = { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret', sessionToken: 'token' };
let moto: Moto;
let s3: S3Client;

beforeAll(async () => {
  moto = await startTestMoto();
  s3 = new S3Client({ region, credentials, endpoint: moto.endpoint, forcePathStyle: true });
}, 60_000);
afterAll(async () => {
  s3.destroy();
  await moto.stop();
});

let buckets = 0;
async function newBucket(): Promise<string> {
  const Bucket = `bucket-${++buckets}`;
  await s3.send(
    new CreateBucketCommand({
      Bucket,
      ObjectOwnership: 'ObjectWriter',
      CreateBucketConfiguration: { LocationConstraint: region },
    }),
  );
  return Bucket;
}

const read = (name: string) => ({
  Sid: 'Read',
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: `arn:aws:s3:::${name}/*`,
});
const secure = (name: string) => ({
  Sid: 'Secure',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: `arn:aws:s3:::${name}/*`,
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});

async function putPolicy(Bucket: string, ...Statement: object[]): Promise<string> {
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  return Policy;
}

async function policyOf(Bucket: string): Promise<unknown> {
  try {
    const { Policy } = await s3.send(new GetBucketPolicyCommand({ Bucket }));
    return JSON.parse(String(Policy));
  } catch (error) {
    return (error as Error).name;
  }
}

async function grantsOf(Bucket: string): Promise<string[]> {
  const { Grants = [] } = await s3.send(new GetBucketAclCommand({ Bucket }));
  return Grants.map(
    ({ Grantee, Permission }) => `${Grantee?.URI?.split('/').at(-1) ?? Grantee?.Type} ${Permission}`,
  );
}

async function blockOf(Bucket: string): Promise<unknown> {
  try {
    return (await s3.send(new GetPublicAccessBlockCommand({ Bucket }))).PublicAccessBlockConfiguration;
  } catch (error) {
    return (error as Error).name;
  }
}

interface FixOptions {
  applyLossy?: boolean;
  parameters?: object;
  /** Happens right before the first write. */
  meanwhile?: () => Promise<unknown>;
  s3?: S3ClientConfig;
  /** Earlier attempts at the same finding; by default there were none. */
  attempts?: Attempts;
}

/** A bucket, and how it is judged and reached. */
function tried(name: string, options: FixOptions = {}): Tried {
  const adapter = bucketAdapter({
    s3: { endpoint: moto.endpoint, forcePathStyle: true, ...options.s3 },
    s3Control: { endpoint: `http://localhost:${moto.port}`, requestHandler: { handle: toLoopback } },
  });
  let written = false;
  const live = adapter.open({
    finding: { accountId, region, control: control.id, resourceType: control.resourceType, resourceId: name },
    credentials,
    signal: deadlineIn(30_000),
    mayWrite: async () => {
      if (!written) await options.meanwhile?.();
      written = true;
    },
  });
  const parameters = control.parameters.parse(options.parameters ?? {});
  return { control, parameters, planUndo: adapter.planUndo, live };
}

async function fix(name: string, options: FixOptions = {}): Promise<Attempted & { before: Json[] }> {
  const { attempts = new Attempts() } = options;
  const bucket = tried(name, options);
  const result = await attempts.fix(bucket, options.applyLossy);
  bucket.live.close();
  const { steps = [] } = (await attempts.saved.history()) ?? {};
  return { ...result, before: steps.map(({ before }) => before) };
}

async function plan(name: string): Promise<RemediationResult> {
  const bucket = tried(name);
  const result = await planFix({ ...bucket, pause: async () => {} });
  bucket.live.close();
  return result;
}

describe('fixing a bucket', () => {
  it('takes every public grant from the ACL, keeps the others, and blocks public ACLs', async () => {
    const name = await newBucket();
    const { Grants = [], Owner } = await s3.send(new GetBucketAclCommand({ Bucket: name }));
    const group = (URI: string, Permission: 'READ' | 'WRITE') => ({
      Grantee: { Type: 'Group' as const, URI },
      Permission,
    });
    const everybody = 'http://acs.amazonaws.com/groups/global/AllUsers';
    const anyAccount = 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers';
    const logs = 'http://acs.amazonaws.com/groups/s3/LogDelivery';
    await s3.send(
      new PutBucketAclCommand({
        Bucket: name,
        AccessControlPolicy: {
          Owner,
          Grants: [
            ...Grants,
            group(everybody, 'READ'),
            group(everybody, 'WRITE'),
            group(logs, 'WRITE'),
            group(anyAccount, 'READ'),
          ],
        },
      }),
    );
    const result = await fix(name);
    expect(result).toMatchObject({ outcome: 'fixed', applied: 4 });
    expect(await grantsOf(name)).toEqual(['CanonicalUser FULL_CONTROL', 'LogDelivery WRITE']);
    expect(await blockOf(name)).toEqual({
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: false,
      RestrictPublicBuckets: false,
    });
    expect(result.before).toMatchObject([{ Grants: { length: 5 }, Owner: { ID: Owner?.ID } }]);
  });

  it('takes the public statement, and leaves the others as they are', async () => {
    const name = await newBucket();
    const partner = { ...read(name), Sid: 'Partner', Principal: { AWS: 'arn:aws:iam::444455556666:root' } };
    const policy = await putPolicy(name, secure(name), read(name), partner);
    const result = await fix(name);
    expect(result).toMatchObject({ outcome: 'fixed', applied: 2 });
    expect(await policyOf(name)).toEqual({ Version: '2012-10-17', Statement: [secure(name), partner] });
    expect(await blockOf(name)).toMatchObject({ BlockPublicPolicy: true, IgnorePublicAcls: false });
    expect(result.before).toMatchObject([{ Policy: policy }]);
  });

  it('deletes a policy that is public as a whole', async () => {
    const name = await newBucket();
    await putPolicy(name, read(name));
    expect(await fix(name)).toMatchObject({ outcome: 'fixed', applied: 2 });
    expect(await policyOf(name)).toBe('NoSuchBucketPolicy');
  });

  it('changes nothing the second time, and nothing when it only plans', async () => {
    const name = await newBucket();
    await putPolicy(name, read(name));
    expect(await plan(name)).toMatchObject({ outcome: 'planned', applied: 0, state: { Name: name } });
    expect(await blockOf(name)).toBe('NoSuchPublicAccessBlockConfiguration');
    await fix(name);
    expect(await fix(name)).toMatchObject({ outcome: 'already-compliant', applied: 0, before: [] });
  });

  it('lets a bucket that serves a website wait for approval', async () => {
    const name = await newBucket();
    const policy = await putPolicy(name, read(name));
    await s3.send(
      new PutBucketWebsiteCommand({
        Bucket: name,
        WebsiteConfiguration: { IndexDocument: { Suffix: 'index.html' } },
      }),
    );
    expect(await fix(name)).toMatchObject({ outcome: 'planned', applied: 0, plan: { lossy: true } });
    expect(await policyOf(name)).toEqual(JSON.parse(policy));
    expect(await fix(name, { applyLossy: true })).toMatchObject({ outcome: 'fixed' });
  });

  it('is not troubled by an ACL that does not count', async () => {
    const name = await newBucket();
    await s3.send(new PutBucketAclCommand({ Bucket: name, ACL: 'public-read' }));
    await s3.send(
      new PutBucketOwnershipControlsCommand({
        Bucket: name,
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      }),
    );
    expect(await fix(name)).toMatchObject({ outcome: 'already-compliant' });
  });

  it('says gone of a bucket that does not exist, also when it goes between reading and writing', async () => {
    expect(await fix('never-was')).toEqual({
      version: 2,
      outcome: 'gone',
      violations: [],
      applied: 0,
      made: [],
      before: [],
    });
    const name = await newBucket();
    await putPolicy(name, read(name));
    const meanwhile = () => s3.send(new DeleteBucketCommand({ Bucket: name }));
    expect(await fix(name, { meanwhile })).toMatchObject({ outcome: 'gone', applied: 0 });
  });

  it('plans again when the policy changes between reading and writing, and loses nothing of the change', async () => {
    const name = await newBucket();
    await putPolicy(name, read(name));
    const meanwhile = () => putPolicy(name, secure(name), read(name));
    expect(await fix(name, { meanwhile })).toMatchObject({ outcome: 'fixed', made: { length: 2 } });
    expect(await policyOf(name)).toEqual({ Version: '2012-10-17', Statement: [secure(name)] });
  });

  it('writes nothing to a bucket that is not any more as it was planned from, and says how it is', async () => {
    const name = await newBucket();
    await putPolicy(name, read(name));
    const { plan: planned, state = null } = await plan(name);
    if (!planned) throw new Error('Nothing was planned.');
    await putPolicy(name, secure(name), read(name));
    const bucket = tried(name);
    const result = await applyFix({
      ...bucket,
      pause: async () => {},
      fix: { plan: planned, state: stateDigest(state) },
      applyLossy: false,
      unfinished: [],
    });
    bucket.live.close();
    expect(result).toMatchObject({
      outcome: 'changed',
      applied: 0,
      look: { plan: { changes: [{ action: 'blockPublicAccess' }, { action: 'removeStatement' }] } },
    });
    expect(await blockOf(name)).toBe('NoSuchPublicAccessBlockConfiguration');
    expect(await policyOf(name)).toMatchObject({ Statement: { length: 2 } });
  });

  it('reports a half application as failed, and completes it the next time', async () => {
    const name = await newBucket();
    await putPolicy(name, read(name));
    await s3.send(new PutBucketAclCommand({ Bucket: name, ACL: 'public-read' }));
    const wire = new Wire({ method: 'DELETE', query: 'policy', code: 'AccessDenied', status: 403 });
    expect(await fix(name, { s3: wire.configuration })).toMatchObject({
      outcome: 'failed',
      applied: 2,
      errorCode: 'AccessDenied',
    });
    expect(await grantsOf(name)).toEqual(['CanonicalUser FULL_CONTROL']);
    expect(await fix(name)).toMatchObject({ outcome: 'fixed', applied: 1 });
    expect(await policyOf(name)).toBe('NoSuchBucketPolicy');
  });

  it.each([
    ['the settings', { method: 'PUT', query: 'publicAccessBlock' }],
    ['the ACL', { method: 'PUT', query: 'acl' }],
    ['the policy', { method: 'DELETE', query: 'policy' }],
  ])('completes a half-applied fix that stopped at %s', async (_, call) => {
    const name = await newBucket();
    await putPolicy(name, read(name));
    await s3.send(new PutBucketAclCommand({ Bucket: name, ACL: 'public-read' }));
    const wire = new Wire({ ...call, code: 'InvalidRequest', status: 400 });
    expect(await fix(name, { s3: wire.configuration })).toMatchObject({ outcome: 'failed' });
    expect(await fix(name)).toMatchObject({ outcome: 'fixed' });
    expect(await blockOf(name)).toMatchObject({
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
    });
    expect(await policyOf(name)).toBe('NoSuchBucketPolicy');
  });

  it.each([
    ['the ACL', { method: 'PUT', query: 'acl' }],
    ['the settings, which are denied for a while', { method: 'PUT', query: 'publicAccessBlock' }],
  ])('makes the rest of a half-applied fix that complies already, having stopped at %s', async (_, call) => {
    const name = await newBucket();
    await s3.send(new PutBucketAclCommand({ Bucket: name, ACL: 'public-read' }));
    const wire = new Wire({ ...call, code: 'AccessDenied', status: 403 });
    const attempts = new Attempts();
    const half = await fix(name, { s3: wire.configuration, attempts });
    expect(half).toMatchObject({ outcome: 'failed', applied: 1, errorCode: 'AccessDenied' });
    expect(await plan(name)).toMatchObject({ outcome: 'already-compliant' });

    expect(await fix(name, { attempts })).toMatchObject({ outcome: 'fixed', completed: { length: 1 } });
    expect(await grantsOf(name)).toEqual(['CanonicalUser FULL_CONTROL']);
    expect(await blockOf(name)).toMatchObject({ BlockPublicAcls: true, IgnorePublicAcls: true });
  });

  it('leaves block settings that somebody else has changed since a fix stopped half-way', async () => {
    const name = await newBucket();
    await s3.send(new PutBucketAclCommand({ Bucket: name, ACL: 'public-read' }));
    const wire = new Wire({ method: 'PUT', query: 'publicAccessBlock', code: 'AccessDenied', status: 403 });
    const attempts = new Attempts();
    await fix(name, { s3: wire.configuration, attempts });
    const PublicAccessBlockConfiguration = { RestrictPublicBuckets: true };
    await s3.send(new PutPublicAccessBlockCommand({ Bucket: name, PublicAccessBlockConfiguration }));
    expect(await fix(name, { attempts })).toMatchObject({ outcome: 'already-compliant', applied: 0 });
    expect(await blockOf(name)).toMatchObject({ RestrictPublicBuckets: true, BlockPublicAcls: false });
  });

  it('takes the public grants also when S3 hides them once IgnorePublicAcls is on', async () => {
    const name = await newBucket();
    const { Grants = [], Owner } = await s3.send(new GetBucketAclCommand({ Bucket: name }));
    await s3.send(new PutBucketAclCommand({ Bucket: name, ACL: 'public-read' }));
    const user = (ID?: string, name?: string) =>
      `<ID>${ID}</ID>${name === undefined ? '' : `<DisplayName>${name}</DisplayName>`}`;
    const grantee = Grants[0]?.Grantee;
    const type = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"';
    const body = `<AccessControlPolicy><Owner>${user(Owner?.ID, Owner?.DisplayName)}</Owner><AccessControlList>
      <Grant><Grantee ${type}>${user(grantee?.ID, grantee?.DisplayName)}</Grantee><Permission>FULL_CONTROL</Permission></Grant>
      </AccessControlList></AccessControlPolicy>`;
    const wire = new Wire({ method: 'GET', query: 'acl', status: 200, body, after: 'publicAccessBlock' });
    expect(await fix(name, { s3: wire.configuration })).toMatchObject({ outcome: 'fixed', applied: 2 });
    expect(wire.refused).toBeGreaterThan(0);
    expect(await grantsOf(name)).toEqual(['CanonicalUser FULL_CONTROL']);
  });

  it('takes what is public also where a guardrail denies the settings, and fails only then', async () => {
    const name = await newBucket();
    await putPolicy(name, read(name));
    await s3.send(new PutBucketAclCommand({ Bucket: name, ACL: 'public-read' }));
    const wire = new Wire({ method: 'PUT', query: 'publicAccessBlock', code: 'AccessDenied', status: 403 });
    expect(await fix(name, { s3: wire.configuration })).toMatchObject({
      outcome: 'failed',
      applied: 2,
      errorCode: 'AccessDenied',
    });
    expect(await grantsOf(name)).toEqual(['CanonicalUser FULL_CONTROL']);
    expect(await policyOf(name)).toBe('NoSuchBucketPolicy');
  });

  it('changes nothing of a bucket whose policy it cannot write back as it is', async () => {
    const name = await newBucket();
    const text = JSON.stringify({ Version: '2012-10-17', Statement: [read(name), secure(name)] });
    const Policy = text.replace('"false"', '12345678901234567891');
    await s3.send(new PutBucketPolicyCommand({ Bucket: name, Policy }));
    await s3.send(new PutBucketAclCommand({ Bucket: name, ACL: 'public-read' }));
    const result = await fix(name);
    expect(result).toMatchObject({ outcome: 'refused', applied: 0, before: [] });
    expect(result.reason).toContain('12345678901234567891');
    expect((await s3.send(new GetBucketPolicyCommand({ Bucket: name }))).Policy).toBe(Policy);
    expect(await blockOf(name)).toBe('NoSuchPublicAccessBlockConfiguration');
  });

  it('tries again, a bounded number of times, while S3 is busy with another change', async () => {
    const name = await newBucket();
    await putPolicy(name, read(name));
    const busy = { method: 'DELETE', query: 'policy', code: 'OperationAborted', status: 409 };
    const always = new Wire(busy);
    expect(await fix(name, { s3: always.configuration })).toMatchObject({
      outcome: 'changed',
      made: { length: 1 },
    });
    expect(always.refused).toBe(3);
    expect(await fix(name, { s3: new Wire({ ...busy, times: 2 }).configuration })).toMatchObject({
      outcome: 'fixed',
    });
  });

  it("refuses a policy that S3 does not take, in S3's words", async () => {
    const name = await newBucket();
    const policy = await putPolicy(name, secure(name), read(name));
    const wire = new Wire({ method: 'PUT', query: 'policy', code: 'MalformedPolicy', status: 400 });
    const result = await fix(name, { s3: wire.configuration });
    expect(result).toMatchObject({ outcome: 'refused', applied: 1 });
    expect(result.reason).toContain('MalformedPolicy, said S3.');
    expect(await policyOf(name)).toEqual(JSON.parse(policy));
  });

  it('fails with the code, and changes nothing, when it may not read', async () => {
    const name = await newBucket();
    await putPolicy(name, read(name));
    const wire = new Wire({ method: 'GET', query: 'acl', code: 'AccessDenied', status: 403 });
    expect(await fix(name, { s3: wire.configuration })).toMatchObject({
      outcome: 'failed',
      errorCode: 'AccessDenied',
    });
    expect(await blockOf(name)).toBe('NoSuchPublicAccessBlockConfiguration');
  });

  it('changes nothing where S3 calls the policy non-public', async () => {
    const name = await newBucket();
    const policy = await putPolicy(name, read(name));
    const body = '<PolicyStatus><IsPublic>FALSE</IsPublic></PolicyStatus>';
    const wire = new Wire({ method: 'GET', query: 'policyStatus', status: 200, body });
    const result = await fix(name, { s3: wire.configuration });
    expect(result).toMatchObject({ outcome: 'refused', applied: 0, before: [] });
    expect(result.reason).toContain('S3 says');
    expect(await policyOf(name)).toEqual(JSON.parse(policy));
  });

  const wrongRegion =
    "The authorization header is malformed; the region 'eu-west-1' is wrong; expecting 'us-east-1'";

  it.each([
    ['PermanentRedirect', 301, 'The bucket must be addressed by another endpoint.'],
    ['IllegalLocationConstraintException', 400, 'The location constraint is incompatible.'],
    ['AuthorizationHeaderMalformed', 400, wrongRegion],
  ])('says gone of a bucket in another Region, and follows it not: %s', async (code, status, message) => {
    const name = await newBucket();
    const policy = await putPolicy(name, read(name));
    const headers = { 'x-amz-bucket-region': 'us-east-1' };
    const wire = new Wire({ method: 'GET', query: 'acl', code, message, status, headers, times: 1 });
    expect(await fix(name, { s3: wire.configuration })).toMatchObject({ outcome: 'gone', applied: 0 });
    expect(await policyOf(name)).toEqual(JSON.parse(policy));
  });

  it('does not take a header that is malformed for another reason for another Region', async () => {
    const name = await newBucket();
    const wire = new Wire({ method: 'GET', query: 'acl', code: 'AuthorizationHeaderMalformed', status: 400 });
    expect(await fix(name, { s3: wire.configuration })).toMatchObject({
      outcome: 'failed',
      errorCode: 'AuthorizationHeaderMalformed',
    });
  });

  it('names the expected owner in every call', async () => {
    const name = await newBucket();
    await putPolicy(name, secure(name), read(name));
    await s3.send(new PutBucketAclCommand({ Bucket: name, ACL: 'public-read-write' }));
    const wire = new Wire();
    expect(await fix(name, { s3: wire.configuration })).toMatchObject({ outcome: 'fixed' });
    expect(wire.owners.length).toBeGreaterThan(15);
    expect(new Set(wire.owners)).toEqual(new Set([accountId]));
  });
});

type Handler = (typeof s3)['config']['requestHandler'];

/** S3 Control puts the account's id before the host's name, which not every machine resolves. */
const toLoopback: Handler['handle'] = (request, options) => {
  request.hostname = '127.0.0.1';
  return s3.config.requestHandler.handle(request, options);
};

/** An answer that S3 gives and moto does not. */
interface Refusal {
  method: string;
  /** Name of the sub-resource, for example `policy`. */
  query: string;
  status: number;
  /** S3's error code; its message is the code and ", said S3." unless there is another. */
  code?: string;
  message?: string;
  /** Only once a request for this sub-resource was a PUT. */
  after?: string;
  body?: string;
  headers?: Record<string, string>;
  /** How many requests are answered so; all of them unless said otherwise. */
  times?: number;
}

/** The wire between the adapter and moto, which answers some requests itself. */
class Wire {
  refused = 0;
  readonly #put = new Set<string>();
  /** The expected owner of each request, in their order. */
  readonly owners: (string | undefined)[] = [];

  constructor(private readonly refusal?: Refusal) {}

  get configuration(): S3ClientConfig {
    const handle: Handler['handle'] = async (request, options) => {
      this.owners.push(request.headers['x-amz-expected-bucket-owner']);
      const { refusal } = this;
      if (request.method === 'PUT')
        for (const query of Object.keys(request.query ?? {})) this.#put.add(query);
      if (
        refusal === undefined ||
        refusal.method !== request.method ||
        !(refusal.query in (request.query ?? {})) ||
        (refusal.after !== undefined && !this.#put.has(refusal.after)) ||
        this.refused >= (refusal.times ?? Number.POSITIVE_INFINITY)
      ) {
        return s3.config.requestHandler.handle(request, options);
      }
      this.refused++;
      const { status, headers = {}, code, message = `${code}, said S3.` } = refusal;
      const body = refusal.body ?? `<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
      return { response: { statusCode: status, headers, body: Readable.from([Buffer.from(body)]) } };
    };
    return { requestHandler: { handle } };
  }
}
