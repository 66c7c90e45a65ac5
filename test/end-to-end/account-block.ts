import { ConfigServiceClient, GetComplianceDetailsByConfigRuleCommand } from '@aws-sdk/client-config-service';
import {
  CreateBucketCommand,
  DeletePublicAccessBlockCommand as DeleteBucketBlockCommand,
  GetBucketAclCommand,
  GetBucketPolicyCommand,
  PutBucketPolicyCommand,
} from '@aws-sdk/client-s3';
import { PutPublicAccessBlockCommand, type S3ControlClient } from '@aws-sdk/client-s3-control';
import type { Template } from '../../infra/assembly';
import type { TransformTemplate } from '../../sandbox/cloudformation/cloudformation';
import type { Sandbox } from '../../sandbox/sandbox';
import { sandboxPolicy } from '../../sandbox/scenario/policy';
import { ClientsByPlace } from '../../sandbox/services/config/account-clients';
import { calm, eventsOf, lastReportOf, patience, recordsOf, until } from './support';

const region = 'eu-west-1';
/** Another Region than the one in which the block is changed; the block counts there too. */
const elsewhere = 'us-east-1';
const everybody = 'http://acs.amazonaws.com/groups/global/AllUsers';

const bucketRule = 'staunch-s3-public-access';

/** Whether the next deployment is one of code that judges buckets otherwise. */
let isOldCode = true;
let sandbox: Sandbox;
let clients: ClientsByPlace;

/** Has code deployed that judges buckets otherwise, until a test deploys today's; for the sandbox that the tests are given. */
export const olderCodeFirst: TransformTemplate = (template) =>
  isOldCode ? withOtherVerdictCode(template, bucketRule) : template;

/** A template as code would make it that decides otherwise by one rule. */
function withOtherVerdictCode(template: Template, ruleName: string): Template {
  const { Resources, ...rest } = template;
  const changed = Object.entries(Resources).map(([id, resource]) => {
    const { ConfigRuleName, InputParameters } = resource.Properties ?? {};
    if (resource.Type !== 'AWS::Config::ConfigRule' || ConfigRuleName !== ruleName) return [id, resource];
    const verdictCode = '0'.repeat(16);
    const Properties = {
      ...resource.Properties,
      InputParameters: { ...(InputParameters as object), verdictCode },
    };
    return [id, { ...resource, Properties }];
  });
  return { ...rest, Resources: Object.fromEntries(changed) };
}

function accountId(account: string): string {
  return sandbox.clients(account, region).accountId;
}

function s3Control(account: string): S3ControlClient {
  return clients.of({ accountId: accountId(account), region }).s3Control;
}

/** Turns two of the account's settings on or off: those that make what is public count for nothing, and forbid no write. */
async function block(account: string, on: boolean): Promise<void> {
  await s3Control(account).send(
    new PutPublicAccessBlockCommand({
      AccountId: accountId(account),
      PublicAccessBlockConfiguration: { IgnorePublicAcls: on, RestrictPublicBuckets: on },
    }),
  );
}

async function createBucket(account: string, name: string, where: string, acl?: 'public-read') {
  const { s3, accountId } = sandbox.clients(account, where);
  const Bucket = `${name}-${accountId}`;
  await s3.send(
    new CreateBucketCommand({
      Bucket,
      ...(acl && { ACL: acl, ObjectOwnership: 'ObjectWriter' }),
      ...(where === region && { CreateBucketConfiguration: { LocationConstraint: region } }),
    }),
  );
  await s3.send(new DeleteBucketBlockCommand({ Bucket }));
  return Bucket;
}

async function createPublicByPolicy(account: string, name: string, where = region): Promise<string> {
  const Bucket = await createBucket(account, name, where);
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*` },
    ],
  });
  await sandbox.clients(account, where).s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  return Bucket;
}

/** AWS Config's verdict on a bucket; `none` where it shows none. */
async function verdictOn(account: string, bucket: string, where = region): Promise<string> {
  const { gateway } = sandbox;
  const client = new ConfigServiceClient({
    region: where,
    endpoint: gateway.endpoint,
    credentials: gateway.administratorOf(accountId(account)),
  });
  const { EvaluationResults = [] } = await client.send(
    new GetComplianceDetailsByConfigRuleCommand({ ConfigRuleName: bucketRule, Limit: 100 }),
  );
  const found = EvaluationResults.find(
    ({ EvaluationResultIdentifier: id }) => id?.EvaluationResultQualifier?.ResourceId === bucket,
  );
  return found?.ComplianceType ?? 'none';
}

async function statesOf(bucket: string): Promise<string[]> {
  return (await recordsOf(sandbox))
    .filter(({ identity }) => identity.resourceId === bucket)
    .toSorted((one, other) => one.occurrence - other.occurrence)
    .map(({ state }) => state);
}

function postsAbout(bucket: string): number {
  return eventsOf(sandbox, 'slack').filter((event) => JSON.stringify(event).includes(bucket)).length;
}

/**
 * Tests of an account's public access block, and of what a deployment has judged again, in a sandbox that was deployed through
 * `olderCodeFirst`.
 * @param given the sandbox, once it is up
 */
export function testsOfAccountBlock(given: () => Sandbox): void {
  beforeAll(() => {
    sandbox = given();
    clients = new ClientsByPlace(sandbox.gateway);
  });

  afterAll(() => clients?.stop());

  describe("an account's public access block", () => {
    it(
      'decides about its buckets: while it is on nobody hears of them, when it goes off they are found in every Region, and when it comes back they are over',
      async () => {
        await Promise.all([block('legacy', true), block('playground', true)]);
        await calm(sandbox);
        const reported = await createPublicByPolicy('legacy', 'reported-policy');
        const reportedElsewhere = await createPublicByPolicy('legacy', 'reported-elsewhere', elsewhere);
        const reportedAcl = await createBucket('legacy', 'reported-acl', region, 'public-read');
        const fixed = await createPublicByPolicy('playground', 'fixed-policy');
        const fixedAcl = await createBucket('playground', 'fixed-acl', region, 'public-read');
        const all = [reported, reportedElsewhere, reportedAcl, fixed, fixedAcl];
        await calm(sandbox);

        expect(await verdictOn('legacy', reported)).toBe('COMPLIANT');
        expect(await verdictOn('legacy', reportedElsewhere, elsewhere)).toBe('COMPLIANT');
        expect(await verdictOn('playground', fixed)).toBe('COMPLIANT');
        expect(all.map(postsAbout)).toEqual(all.map(() => 0));
        expect(await Promise.all(all.map(statesOf))).toEqual(all.map(() => []));

        await Promise.all([block('legacy', false), block('playground', false)]);
        const stateOf = (bucket: string) => lastReportOf(sandbox, bucket)?.state;
        await until(
          sandbox,
          'the buckets were reported and fixed',
          () =>
            [reported, reportedElsewhere, reportedAcl].every((bucket) => stateOf(bucket) === 'reported') &&
            [fixed, fixedAcl].every((bucket) => stateOf(bucket) === 'fixed'),
        );
        await calm(sandbox);

        expect(await verdictOn('legacy', reported)).toBe('NON_COMPLIANT');
        expect(await verdictOn('legacy', reportedElsewhere, elsewhere)).toBe('NON_COMPLIANT');
        // Its item shows the ACL as it was ignored: AWS Config cannot say, and the hub has looked.
        expect(await verdictOn('legacy', reportedAcl)).toBe('none');
        const { s3 } = sandbox.clients('playground', region);
        await expect(s3.send(new GetBucketPolicyCommand({ Bucket: fixed }))).rejects.toMatchObject({
          name: 'NoSuchBucketPolicy',
        });
        expect(JSON.stringify(await s3.send(new GetBucketAclCommand({ Bucket: fixedAcl })))).not.toContain(
          everybody,
        );
        expect(all.filter((bucket) => postsAbout(bucket) === 0)).toEqual([]);

        const before = postsAbout(reported);
        await block('legacy', true);
        await until(sandbox, 'the findings were closed', async () => {
          const states = await Promise.all([reported, reportedElsewhere, reportedAcl].map(statesOf));
          return states.every(([state]) => state === 'already-compliant');
        });
        await calm(sandbox);

        expect(await verdictOn('legacy', reported)).toBe('COMPLIANT');
        expect(await verdictOn('legacy', reportedElsewhere, elsewhere)).toBe('COMPLIANT');
        expect(await verdictOn('legacy', reportedAcl)).toBe('COMPLIANT');
        expect(postsAbout(reported)).toBeGreaterThan(before);

        await block('legacy', false);
        await until(sandbox, 'they were reported anew', async () => {
          const states = await Promise.all([reported, reportedElsewhere, reportedAcl].map(statesOf));
          return states.every((found) => found.join() === 'already-compliant,reported');
        });
        await calm(sandbox);
        expect(await statesOf(fixed)).toEqual(['fixed']);
        expect(sandbox.failures.all).toEqual([]);
        expect(eventsOf(sandbox, 'denied')).toEqual([]);
      },
      patience * 2,
    );
  });

  describe('a deployment', () => {
    it(
      'has judged again what the controls judge whose code, or parameters, changed, and nothing else',
      async () => {
        await calm(sandbox);
        const before = eventsOf(sandbox, 'evaluated').length;
        isOldCode = false;

        await sandbox.redeploy((ids) =>
          sandboxPolicy(ids, (_ids, autoResponse) => ({
            autoResponse: {
              ...autoResponse,
              default: {
                flag: autoResponse.default,
                controls: { 'security-group-wide-open': { parameters: { mostPorts: 2048 } } },
              },
            },
          })),
        );
        await calm(sandbox);

        const judged = eventsOf(sandbox, 'evaluated').slice(before);
        const buckets = judged.filter(({ resourceType }) => resourceType === 'AWS::S3::Bucket');
        expect(new Set(judged.map(({ rule }) => rule))).toEqual(
          new Set([bucketRule, 'staunch-security-group-wide-open']),
        );
        const recorded = eventsOf(sandbox, 'item').filter(
          ({ resourceType }) => resourceType === 'AWS::S3::Bucket',
        );
        expect(new Set(buckets.map(({ resourceId }) => resourceId))).toEqual(
          new Set(recorded.map(({ resourceId }) => resourceId)),
        );
      },
      patience,
    );
  });
}
