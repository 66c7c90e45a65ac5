import { S3Client } from '@aws-sdk/client-s3';
import { S3ControlClient } from '@aws-sdk/client-s3-control';
import { RefusedError } from '../../../core/errors';
import type { Change } from '../../../core/plan';
import { applyUndoToBucket } from '../../../resources/bucket/restore';
import type { BucketUndoChange } from '../../../resources/bucket/undo-changes';
import { ChangedMeanwhileError } from '../../../resources/kit/live-resource';
import { stubbed } from '../../support/stubbed-client';

const off = {
  BlockPublicAcls: false,
  IgnorePublicAcls: false,
  BlockPublicPolicy: false,
  RestrictPublicBuckets: false,
};
const owner = { Grantee: { Type: 'CanonicalUser', ID: 'owner' }, Permission: 'FULL_CONTROL' } as const;
const everybody = {
  Grantee: { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' },
  Permission: 'READ',
} as const;
const policy = '{"Version": "2012-10-17", "Statement": {"Effect":"Allow","Principal":"*","Action":"s3:*"}}';
const other = '{"Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*"}}';

const restoreBlock: BucketUndoChange = {
  action: 'restorePublicAccessBlock',
  text: 'Turn off BlockPublicPolicy.',
  before: { ...off, BlockPublicPolicy: true },
  settings: null,
};
const restoreAcl: BucketUndoChange = {
  action: 'restoreAcl',
  text: 'Give back in the ACL: READ to everybody.',
  before: [owner],
  grants: [owner, everybody],
};
const restorePolicy: BucketUndoChange = {
  action: 'restorePolicy',
  text: 'Put the deleted policy back.',
  before: null,
  policy,
};
const all = [restoreBlock, restoreAcl, restorePolicy];

/** What S3 answers, by command; what is an error is thrown. */
type Answers = Record<string, unknown>;

const asTheFixLeftIt: Answers = {
  GetPublicAccessBlockCommand: { PublicAccessBlockConfiguration: restoreBlock.before },
  GetBucketAclCommand: { Grants: [owner], Owner: { ID: 'owner' } },
  GetBucketPolicyCommand: refusal('NoSuchBucketPolicy'),
};
const asItWas: Answers = {
  GetPublicAccessBlockCommand: refusal('NoSuchPublicAccessBlockConfiguration'),
  GetBucketAclCommand: { Grants: [everybody, owner], Owner: { ID: 'owner' } },
  GetBucketPolicyCommand: { Policy: JSON.stringify(JSON.parse(policy)) },
};

function refusal(name: string, message = `${name}, said S3.`): Error {
  return Object.assign(new Error(message), { name });
}

/** Applies an undo to a bucket that answers as told; says what was called, written and told. */
async function undo(answers: Answers, changes: readonly (Change | BucketUndoChange)[] = all) {
  const calls: [string, Record<string, unknown>][] = [];
  const answer = (command: string, input: Record<string, unknown>) => {
    calls.push([command, input]);
    const said = answers[command];
    if (said instanceof Error) throw said;
    return said ?? {};
  };
  const applied: string[] = [];
  const region = 'eu-west-1';
  const account: Answers = { GetPublicAccessBlockCommand: answers.account };
  const s3Control = stubbed(new S3ControlClient({ region }), (command) => {
    const said = account[command];
    if (said === undefined) throw refusal('NoSuchPublicAccessBlockConfiguration');
    return said;
  });
  const access = {
    s3: stubbed(new S3Client({ region }), answer),
    s3Control,
    name: 'photos',
    accountId: '111122223333',
    signal: new AbortController().signal,
    mayWrite: async () => {},
  };
  const error: unknown = await applyUndoToBucket(access, changes as Change[], (made) => {
    applied.push(...made.map(({ action }) => action));
  }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  const writes = calls.filter(([command]) => /^(Put|Delete)/.test(command));
  return { error, applied, calls, writes };
}

describe("applying a bucket's undo", () => {
  it('writes the settings, then the ACL, then the policy in its very text', async () => {
    const own = { Bucket: 'photos', ExpectedBucketOwner: '111122223333' };
    const { writes, applied, error } = await undo(asTheFixLeftIt);

    expect(error).toBeUndefined();
    expect(writes).toEqual([
      ['DeletePublicAccessBlockCommand', own],
      [
        'PutBucketAclCommand',
        { ...own, AccessControlPolicy: { Owner: { ID: 'owner' }, Grants: [owner, everybody] } },
      ],
      ['PutBucketPolicyCommand', { ...own, Policy: policy }],
    ]);
    expect(applied).toEqual(['restorePublicAccessBlock', 'restoreAcl', 'restorePolicy']);
  });

  it('names the expected owner in every call, and reads each part right before its write', async () => {
    const { calls } = await undo(asTheFixLeftIt);

    expect(calls.map(([command]) => command.replace('Command', ''))).toEqual([
      'GetPublicAccessBlock',
      'DeletePublicAccessBlock',
      'GetBucketAcl',
      'PutBucketAcl',
      'GetBucketPolicy',
      'PutBucketPolicy',
    ]);
    for (const [, input] of calls) expect(input).toMatchObject({ ExpectedBucketOwner: '111122223333' });
  });

  it('puts settings back that the bucket had of its own', async () => {
    const settings = { ...off, BlockPublicAcls: true };
    const { writes } = await undo(asTheFixLeftIt, [{ ...restoreBlock, settings }]);

    expect(writes).toMatchObject([
      ['PutPublicAccessBlockCommand', { PublicAccessBlockConfiguration: settings }],
    ]);
  });

  it('passes over what is as it was already, whatever the order and the form', async () => {
    expect(await undo(asItWas)).toMatchObject({ error: undefined, writes: [], applied: [] });
  });

  it.each([
    ['settings', { PublicAccessBlockConfiguration: { ...off, IgnorePublicAcls: true } }, 0],
    ['ACL', { Grants: [{ ...everybody, Permission: 'WRITE' }], Owner: { ID: 'owner' } }, 1],
    ['policy', { Policy: other }, 2],
  ])('stops before a part that somebody else changed: %s', async (_part, answer, before) => {
    const commands = ['GetPublicAccessBlockCommand', 'GetBucketAclCommand', 'GetBucketPolicyCommand'];
    const { error, writes, applied } = await undo({ ...asTheFixLeftIt, [String(commands[before])]: answer });

    expect(error).toBeInstanceOf(ChangedMeanwhileError);
    expect(writes).toHaveLength(before);
    expect(applied).toHaveLength(before);
  });

  it.each([
    ['PutBucketPolicyCommand', 'MalformedPolicy', 'Invalid principal in policy'],
    ['PutBucketAclCommand', 'InvalidArgument', 'Invalid id'],
    ['PutBucketAclCommand', 'AccessControlListNotSupported', 'The bucket does not allow ACLs'],
  ])("refuses what S3 does not take back, in S3's words: %s %s", async (command, code, words) => {
    const { error } = await undo({ ...asTheFixLeftIt, [command]: refusal(code, words) });

    expect(error).toBeInstanceOf(RefusedError);
    expect(String(error)).toContain(`${code}: ${words}`);
  });

  const denied = refusal('AccessDenied', 'Access Denied');

  it.each([
    ['PutBucketPolicyCommand', { BlockPublicPolicy: true }, 'BlockPublicPolicy is on for the account.'],
    ['PutBucketAclCommand', { BlockPublicAcls: true }, 'BlockPublicAcls is on for the account.'],
  ])('refuses what the account blocks, and says so: %s', async (command, settings, words) => {
    const account = { PublicAccessBlockConfiguration: { ...off, ...settings } };
    const { error } = await undo({ ...asTheFixLeftIt, [command]: denied, account });

    expect(error).toBeInstanceOf(RefusedError);
    expect(String(error)).toContain(`AccessDenied: Access Denied ${words}`);
  });

  it('refuses what the bucket itself blocked before the fix, too', async () => {
    const { error } = await undo({ ...asTheFixLeftIt, PutBucketPolicyCommand: denied }, [restorePolicy]);

    expect(String(error)).toContain('BlockPublicPolicy is on for the bucket.');
  });

  it.each([
    ['of a write that no setting blocks', { PutBucketAclCommand: denied }],
    ['of the settings', { DeletePublicAccessBlockCommand: denied }],
    ['of a reading', { GetBucketAclCommand: denied }],
  ])("lets AWS's own error through: %s", async (_what, answers) => {
    const { error } = await undo({ ...asTheFixLeftIt, ...answers });

    expect(error).toBe(denied);
  });

  it('says that the bucket changes when S3 is busy with it, and when it is gone', async () => {
    const busy = await undo({ ...asTheFixLeftIt, PutBucketPolicyCommand: refusal('OperationAborted') });
    const gone = await undo({ ...asTheFixLeftIt, GetPublicAccessBlockCommand: refusal('NoSuchBucket') });

    expect(busy.error).toBeInstanceOf(ChangedMeanwhileError);
    expect(busy.applied).toEqual(['restorePublicAccessBlock', 'restoreAcl']);
    expect(gone.error).toBeInstanceOf(ChangedMeanwhileError);
  });

  it('refuses a change that is none of a bucket, before it writes anything', async () => {
    const { error, calls } = await undo(asTheFixLeftIt, [restoreBlock, { action: 'revoke', text: '' }]);

    expect(error).toBeInstanceOf(RefusedError);
    expect(calls).toEqual([]);
  });
});
