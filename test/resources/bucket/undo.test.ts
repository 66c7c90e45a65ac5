import { RefusedError, ResourceInputError } from '../../../core/errors';
import type { FixStep } from '../../../core/fix-step';
import type { Change } from '../../../core/plan';
import type { BucketChange } from '../../../resources/bucket/changes';
import { planUndo } from '../../../resources/bucket/undo';
import {
  allUsers,
  authenticatedUsers,
  grant,
  planned,
  policy,
  statement,
} from '../../controls/support/buckets';
import { type BucketContent, LiveBucket } from '../../controls/support/live-bucket';

const owner = grant('79a59df900b949e5', 'FULL_CONTROL');
const none = {
  BlockPublicAcls: false,
  IgnorePublicAcls: false,
  BlockPublicPolicy: false,
  RestrictPublicBuckets: false,
};
const partner = statement({ Sid: 'Partner', Principal: { AWS: 'arn:aws:iam::111122223333:root' } });
const secure = statement({ Sid: 'Secure', Effect: 'Deny' });
const everybody = statement({ Sid: 'Everybody' });
const text = (...statements: object[]) => JSON.stringify(policy(...statements));

const open: BucketContent = {
  Name: 'photos',
  Owner: { ID: '79a59df900b949e5' },
  Grants: [owner, grant(allUsers, 'READ'), grant(authenticatedUsers, 'READ_ACP')],
  Policy: text(secure, everybody),
};

/** A fixed bucket, and what was saved of it. */
function fixed(content: BucketContent = open, overrides: object = {}) {
  const live = new LiveBucket(content);
  const { changes } = planned(live.bucket, overrides);
  const step: FixStep = { before: live.state, changes };
  live.fix(changes);
  return { live, step, history: { steps: [step] as const, after: live.state } };
}

function changesOf(undo: ReturnType<typeof planUndo>): readonly Change[] {
  if (undo.kind === 'changed') throw new Error(undo.differences.join(' '));
  return undo.changes;
}

function differencesOf(undo: ReturnType<typeof planUndo>): readonly string[] {
  return undo.kind === 'changed' ? undo.differences : [];
}

describe("a bucket's undo", () => {
  it('restores the block settings first, then the ACL, then the policy, and says what', () => {
    const { live, history } = fixed();

    expect(planUndo(history, live.state)).toEqual({
      kind: 'undo',
      changes: [
        {
          action: 'restorePublicAccessBlock',
          text: 'Turn off BlockPublicAcls, IgnorePublicAcls, BlockPublicPolicy: the bucket had no block settings.',
          before: { ...none, BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true },
          settings: null,
        },
        {
          action: 'restoreAcl',
          text: 'Give back in the ACL: READ to everybody, READ_ACP to everybody with an AWS account.',
          before: [owner],
          grants: open.Grants,
        },
        {
          action: 'restorePolicy',
          text: 'Put the policy back as it was, with statement 2 (Everybody).',
          before: text(secure),
          policy: open.Policy,
        },
      ],
    });
  });

  it('puts a deleted policy back, in the very text that it had', () => {
    const Policy = JSON.stringify(policy(everybody), null, 2);
    const { live, history } = fixed({ ...open, Policy });

    expect(planUndo(history, live.state)).toMatchObject({
      changes: [{}, {}, { text: 'Put the deleted policy back.', before: null, policy: Policy }],
    });
  });

  it('keeps settings that were on before the fix', () => {
    const before = { ...none, BlockPublicAcls: true, RestrictPublicBuckets: true };
    const { live, history } = fixed({ ...open, PublicAccessBlockConfiguration: before });

    expect(planUndo(history, live.state)).toMatchObject({
      changes: [
        {
          text: 'Turn off BlockPublicAcls, IgnorePublicAcls. At the end BlockPublicAcls is on, as before the fix.',
          settings: { ...before, BlockPublicAcls: false },
        },
        { action: 'restoreAcl' },
        { settings: before },
      ],
    });
  });

  it('writes only what the fix wrote', () => {
    const { live, history } = fixed({ ...open, Grants: [owner] });
    const lockdown = fixed(open, { fix: 'lockdown' });
    const actions = (undo: ReturnType<typeof planUndo>) =>
      undo.kind === 'undo' ? undo.changes.map(({ action }) => action) : undo;

    expect(actions(planUndo(history, live.state))).toEqual(['restorePublicAccessBlock', 'restorePolicy']);
    expect(actions(planUndo(lockdown.history, lockdown.live.state))).toEqual(['restorePublicAccessBlock']);
  });

  it('has no changes when the bucket is as it was before the fix', () => {
    const { history } = fixed();

    expect(planUndo(history, new LiveBucket(open).state)).toEqual({ kind: 'undo', changes: [] });
  });

  it('takes a public grant that IgnorePublicAcls hides for one that the fix took', () => {
    // The fix stopped after the settings: the ACL still grants what S3 does not show.
    const live = new LiveBucket(open);
    const { changes } = planned(live.bucket);
    const step = { before: live.state, changes };
    live.fixPart(changes, 'block');
    const undo = planUndo({ steps: [step] }, live.state);

    expect(undo).toMatchObject({
      changes: [{}, { action: 'restoreAcl', before: [owner], grants: open.Grants }],
    });
  });

  it('knows an ACL by its grantees, whether or not AWS says their names, and in any order', () => {
    const { live, history } = fixed();
    const nameless = {
      Grantee: { Type: 'CanonicalUser', ID: '79a59df900b949e5' },
      Permission: 'FULL_CONTROL',
    };

    live.set({ Grants: [nameless] });

    expect(planUndo(history, live.state).kind).toBe('undo');
  });

  it.each([
    [
      'a list of one for its element',
      statement({ Sid: 'Secure', Effect: 'Deny', Action: ['s3:GetObject'] }),
      true,
    ],
    ['another action', statement({ Sid: 'Secure', Effect: 'Deny', Action: 's3:PutObject' }), false],
    ['another effect', statement({ Sid: 'Secure', Principal: { AWS: '111122223333' } }), false],
  ])('compares a policy by what it means: %s', (_name, now, isSame) => {
    const { live, history } = fixed();

    live.set({ Policy: text(now) });
    live.undo(changesOf(planUndo(history, live.state)));

    expect(live.real.Policy).toBe(isSame ? open.Policy : text(everybody, now));
  });
});

describe("a bucket's undo where the bucket or the account keeps the public out", () => {
  const kept = { ...none, BlockPublicPolicy: true };
  const older = { ...open, Grants: [owner], PublicAccessBlockConfiguration: kept };
  const actions = (undo: ReturnType<typeof planUndo>) =>
    undo.kind === 'undo' ? undo.changes.map(({ text: words }) => words) : undo;

  it('turns a setting that was on before the fix off for as long as an older public policy is written', () => {
    const { live, history } = fixed(older);
    const undo = planUndo(history, live.state);

    expect(undo).toMatchObject({
      changes: [
        {
          text: 'Turn off BlockPublicPolicy. At the end BlockPublicPolicy is on, as before the fix.',
          settings: none,
        },
        { action: 'restorePolicy' },
        { text: 'Turn on BlockPublicPolicy again.', before: none, settings: kept },
      ],
    });
  });

  it('completes what stopped while that setting was off', () => {
    const { live, history } = fixed(older);
    if (planUndo(history, live.state).kind === 'changed') throw new Error('changed');

    live.set({ PublicAccessBlockConfiguration: none });
    expect(actions(planUndo(history, live.state))).toEqual([
      expect.stringContaining('Put the'),
      'Turn on BlockPublicPolicy again.',
    ]);
    live.set({ Policy: open.Policy });
    expect(actions(planUndo(history, live.state))).toEqual(['Turn on BlockPublicPolicy again.']);
    live.set({ PublicAccessBlockConfiguration: kept });
    expect(actions(planUndo(history, live.state))).toEqual([]);
  });

  it.each([
    ['BlockPublicPolicy', { ...open, Grants: [owner] }],
    ['BlockPublicAcls', { ...open, Policy: undefined }],
  ] as const)('is refused before anything is written where the account has %s on', (name, content) => {
    const { live, history } = fixed(content);

    live.set({ AccountPublicAccessBlockConfiguration: { ...none, [name]: true } });

    expect(differencesOf(planUndo(history, live.state))).toEqual([
      `${name} is on for the account, so that S3 does not take back what was there.`,
    ]);
  });

  it('leaves on what its owner turned on after a denied attempt', () => {
    const live = new LiveBucket({ ...open, Grants: [owner] });
    const denied = { before: live.state, changes: planned(live.bucket).changes, made: [] };
    live.set({ PublicAccessBlockConfiguration: kept });
    const { changes } = planned(live.bucket);
    const step = { before: live.state, changes, made: changes };
    live.fix(changes);
    const undo = planUndo({ steps: [denied, step], after: live.state }, live.state);
    if (undo.kind === 'changed') throw new Error(undo.differences.join(' '));
    live.undo(undo.changes);

    expect(live.real).toMatchObject({ PublicAccessBlockConfiguration: kept, Policy: open.Policy });
  });
});

describe("a bucket's undo after others changed what the fix did not touch", () => {
  const account = 'arn:aws:iam::111122223333:root';
  const mixed = statement({ Sid: 'Mixed', Principal: { AWS: ['*', account] } });
  const edited = statement({ Sid: 'Mixed', Principal: { AWS: [account] } });
  const undone = (content: BucketContent, since: BucketContent) => {
    const { live, history } = fixed(content);
    live.set(since);
    const changes = changesOf(planUndo(history, live.state));
    live.undo(changes);
    expect(planUndo(history, live.state)).toEqual({ kind: 'undo', changes: [] });
    return { real: live.real, texts: changes.map((change) => change.text) };
  };

  it.each<[string, object[], object[], object[]]>([
    ['after', [secure, everybody], [secure, partner], [secure, everybody, partner]],
    ['before', [secure, everybody], [partner, secure], [partner, secure, everybody]],
    ['in place of what was kept', [secure, everybody], [partner], [everybody, partner]],
    ['around an edited one', [everybody, mixed, secure], [partner, edited], [everybody, partner, mixed]],
    ['in another order', [mixed, secure, everybody], [secure, edited], [secure, everybody, mixed]],
  ])('restores statements into a policy that has others: %s', (_where, before, since, expected) => {
    const { real } = undone({ ...open, Policy: text(...before) }, { Policy: text(...since) });

    expect(real.Policy).toBe(text(...expected));
  });

  it('says which statements it restores', () => {
    const { texts } = undone(open, { Policy: text(secure, partner) });

    expect(texts.at(-1)).toBe(
      'Restore statement 2 (Everybody) in the policy, and keep what was changed beside it since the fix.',
    );
  });

  it('keeps the Id that a policy has got', () => {
    const Id = 'ours';
    const { real } = undone(open, { Policy: JSON.stringify({ ...policy(secure), Id }) });

    expect(JSON.parse(String(real.Policy))).toEqual({ ...policy(secure, everybody), Id });
  });

  it('restores a deleted policy into the one that came after it', () => {
    const { real } = undone({ ...open, Policy: text(everybody) }, { Policy: text(partner) });

    expect(real.Policy).toBe(text(everybody, partner));
  });

  it('restores only those statements that nobody else restored', () => {
    const nameless = statement({ Principal: { AWS: ['*', account] } });
    const rest = statement({ Principal: { AWS: [account] } });
    const before = [secure, everybody, nameless];

    expect(
      undone({ ...open, Policy: text(...before) }, { Policy: text(secure, everybody, rest) }).real.Policy,
    ).toBe(text(...before));
    const both = undone(
      { ...open, Policy: text(...before) },
      { Policy: text(secure, everybody, rest, nameless) },
    );
    expect(both.real.Policy).toBe(text(...before));
    expect(both.texts.at(-1)).toBe(
      'Remove from the policy what the fix made of statements that are there again.',
    );
  });

  it('restores grants into an ACL that has others', () => {
    const other = grant('0123456789abcdef', 'READ');
    const { real } = undone(open, { Grants: [other] });

    expect(real.Grants).toMatchObject([
      { Permission: 'READ', Grantee: { ID: '0123456789abcdef' } },
      { Permission: 'READ', Grantee: { URI: allUsers } },
      { Permission: 'READ_ACP', Grantee: { URI: authenticatedUsers } },
    ]);
  });

  it('leaves a grant to everybody that the fix did not take', () => {
    const since = { PublicAccessBlockConfiguration: undefined, Grants: [owner, grant(allUsers, 'WRITE')] };

    expect(undone(open, since).real.Grants).toHaveLength(4);
  });

  it('turns off what the fix turned on, and leaves the other settings as they are now', () => {
    const on = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true };
    const settings = { ...none, ...on, RestrictPublicBuckets: true };

    expect(undone(open, { PublicAccessBlockConfiguration: settings }).real).toMatchObject({
      PublicAccessBlockConfiguration: { ...none, RestrictPublicBuckets: true },
    });
  });

  it.each([
    ['ObjectWriter', open],
    ['BucketOwnerEnforced', { ...open, Grants: [owner] }],
  ])('does not mind an object ownership that its writes do not need: %s', (ObjectOwnership, content) => {
    const { real } = undone(content, { OwnershipControls: { Rules: [{ ObjectOwnership }] } });

    expect(real).toMatchObject({ Policy: content.Policy, Grants: content.Grants });
  });
});

describe("a bucket's undo after others changed what the fix touched, or stand in its way", () => {
  const account = 'arn:aws:iam::111122223333:root';
  const nameless = statement({ Principal: { AWS: ['*', account] } });
  const rest = statement({ Principal: { AWS: [account] } });
  const withEdit = { ...open, Policy: text(secure, everybody, nameless) };
  const deleted = { ...open, Policy: text(everybody) };
  const version = (Version: string, ...Statement: object[]) => ({
    Policy: JSON.stringify({ Version, Statement }),
  });

  it.each<[string, BucketContent, BucketContent, string[]]>([
    ['a deleted policy', open, { Policy: undefined }, ['The policy is gone since the fix.']],
    [
      'an edited statement that was changed',
      withEdit,
      { Policy: text(secure, partner, statement({ Principal: { AWS: [account] }, Action: 's3:*' })) },
      ["The policy's statement 2 was changed or removed since the fix."],
    ],
    [
      'one of two statements that the fix left alike',
      { ...open, Policy: text(nameless, rest) },
      { Policy: text(rest, partner) },
      ["The policy's statement 2 was changed or removed since the fix."],
    ],
    [
      'a copy of an edited statement',
      withEdit,
      { Policy: text(secure, rest, rest) },
      ["The policy has statement 2 more often since the fix, so that none is known as the fix's."],
    ],
    [
      'a statement of the same name',
      open,
      { Policy: text(secure, { ...everybody, Action: 's3:GetObjectTagging' }) },
      ['The policy has another statement with the Sid Everybody since the fix.'],
    ],
    [
      'a statement of the same name in a policy that came after a deleted one',
      deleted,
      { Policy: text({ ...everybody, Action: 's3:GetObjectTagging' }) },
      ['The policy has another statement with the Sid Everybody since the fix.'],
    ],
    [
      'another version',
      open,
      version('2008-10-17', secure),
      ["The policy's Version is 2008-10-17 since the fix; it was 2012-10-17 before."],
    ],
    [
      'another version of a policy that came after a deleted one',
      deleted,
      version('2008-10-17', partner),
      ["The policy's Version is 2008-10-17 since the fix; it was 2012-10-17 before."],
    ],
    [
      'a policy that grew',
      open,
      { Policy: text(secure, { ...partner, Resource: `arn:aws:s3:::photos/${'x'.repeat(20_200)}` }) },
      ['The policy grew since the fix; with what was there before it has'],
    ],
    [
      'the ownership of objects',
      open,
      { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } },
      [
        'The object ownership is BucketOwnerEnforced since the fix, so that S3 does not take back what the ACL granted.',
      ],
    ],
    [
      'a setting that was on before, and that its writes need off',
      { ...open, PublicAccessBlockConfiguration: { ...none, BlockPublicPolicy: true } },
      { PublicAccessBlockConfiguration: { ...none, BlockPublicAcls: true, IgnorePublicAcls: true } },
      ['BlockPublicPolicy is off since the fix, though it was on before it.'],
    ],
    ['the owner', open, { Owner: { ID: 'x' } }, ['The bucket has another owner since the fix.']],
    [
      'IgnorePublicAcls of the account',
      open,
      { AccountPublicAccessBlockConfiguration: { ...none, IgnorePublicAcls: true } },
      ['IgnorePublicAcls is on for the account since the fix, and hides what the ACL grants to everybody.'],
    ],
    [
      'several of them',
      withEdit,
      { Policy: text(secure), Owner: { ID: 'x' } },
      [
        'The bucket has another owner since the fix.',
        "The policy's statement 2 was changed or removed since the fix.",
      ],
    ],
  ])('is refused, and says what differs: %s', (_name, before, since, words) => {
    const { live, history } = fixed(before);

    live.set(since);
    const differences = differencesOf(planUndo(history, live.state));

    expect(differences).toHaveLength(words.length);
    for (const [index, word] of words.entries()) expect(differences[index]).toContain(word);
  });

  it('is refused where a number of the policy cannot be written back as it is', () => {
    const { live, history } = fixed();
    live.set({
      Policy: text(secure, partner).replace('"Partner"', '"Partner","Condition":{"N":{"s3:k":1.0}}'),
    });

    expect(() => planUndo(history, live.state)).toThrow(RefusedError);
  });

  /** A fix whose block settings were denied, and settings that its owner turned on since. */
  it.each([
    [
      'BlockPublicPolicy',
      { ...open, Grants: [owner] },
      'BlockPublicPolicy is on for the bucket since the fix, so that S3 does not take back what was there.',
    ],
    [
      'BlockPublicAcls',
      { ...open, Policy: undefined },
      'BlockPublicAcls is on for the bucket since the fix, so that S3 does not take back what was there.',
    ],
    [
      'IgnorePublicAcls',
      { ...open, Policy: undefined },
      'IgnorePublicAcls is on for the bucket since the fix, and hides what the ACL grants to everybody.',
    ],
  ])('is refused where its owner turned on a setting that keeps it out: %s', (name, content, words) => {
    const live = new LiveBucket(content);
    const { changes } = planned(live.bucket);
    const made = changes.filter(({ action }) => action !== 'blockPublicAccess');
    const step = { before: live.state, changes, made };
    live.fix(made);
    const after = live.state;
    live.set({ PublicAccessBlockConfiguration: { ...none, [name]: true } });

    expect(differencesOf(planUndo({ steps: [step], after }, live.state))).toEqual([words]);
  });

  it('compares with what the fix was to leave, where nobody heard what it left', () => {
    const { live, step } = fixed(withEdit);

    expect(planUndo({ steps: [step] }, live.state).kind).toBe('undo');
    live.set({ Policy: text(secure, partner) });
    expect(planUndo({ steps: [step] }, live.state).kind).toBe('changed');
  });

  it('tells also what changed between the last write and the last look of the fix', () => {
    const { live, step } = fixed();

    live.set({ Policy: text(partner) });

    expect(differencesOf(planUndo({ steps: [step], after: live.state }, live.state))).toEqual([
      'Somebody else changed the policy while the bucket was being fixed.',
    ]);
  });
});

describe("a bucket's undo of a fix in several steps", () => {
  /** A step whose write of the policy was not made, since somebody changed it right before. */
  function overtaken(first: object[], second: object[]) {
    const live = new LiveBucket({ Name: 'photos', Grants: [], Policy: text(...first) });
    const steps: FixStep[] = [];
    for (const statements of [first, second]) {
      live.set({ Policy: text(...statements) });
      const { changes } = planned(live.bucket);
      steps.push({ before: live.state, changes });
      live.fixPart(changes, 'block');
    }
    const [one, two] = steps as [FixStep, FixStep];
    live.fix(two.changes as BucketChange[]);
    return { live, history: { steps: [one, two] as const, after: live.state } };
  }

  it('gives back what somebody made of the policy right before it was written, and loses nothing of that', () => {
    const { live, history } = overtaken([everybody], [everybody, secure]);

    expect(planUndo(history, live.state)).toMatchObject({
      changes: [{ settings: null }, { policy: text(everybody, secure) }],
    });
  });

  it('is refused where somebody changed the policy between two writes, so that neither state is the original', () => {
    const { live, history } = overtaken(
      [everybody, secure],
      [partner, statement({ Action: 's3:PutObject' })],
    );

    expect(differencesOf(planUndo(history, live.state))).toEqual([
      'Somebody else changed the policy while the bucket was being fixed.',
    ]);
  });
});

it('a saved state that cannot be understood is an input error', () => {
  const { live, step } = fixed();

  expect(() => planUndo({ steps: [{ ...step, before: 'x' }] }, live.state)).toThrow(ResourceInputError);
  expect(() => planUndo({ steps: [step], after: { Policy: '{' } }, live.state)).toThrow(ResourceInputError);
});
