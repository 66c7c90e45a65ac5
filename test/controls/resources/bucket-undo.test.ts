import { ResourceInputError } from '../../../controls/control';
import type { BucketChange } from '../../../controls/resources/bucket-changes';
import { planUndo } from '../../../controls/resources/bucket-undo';
import type { FixStep } from '../../../controls/resources/undo';
import { allUsers, authenticatedUsers, grant, planned, policy, statement } from '../support/buckets';
import { type BucketContent, LiveBucket } from '../support/live-bucket';

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
      'undo',
    ],
    ['another action', statement({ Sid: 'Secure', Effect: 'Deny', Action: 's3:PutObject' }), 'changed'],
    ['another effect', statement({ Sid: 'Secure', Principal: { AWS: '111122223333' } }), 'changed'],
  ])('compares a policy by what it means: %s', (_name, now, kind) => {
    const { live, history } = fixed();

    live.set({ Policy: text(now) });

    expect(planUndo(history, live.state).kind).toBe(kind);
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

describe("a bucket's undo after a change since the fix", () => {
  it.each<[string, BucketContent, string[]]>([
    ['a new statement', { Policy: text(secure, partner) }, ['statement 2 (Partner) is new']],
    [
      'another policy',
      { Policy: text(partner) },
      ['statement 1 (Partner) is new; the fix left statement 1 (Secure), which is gone'],
    ],
    ['a deleted policy', { Policy: undefined }, ['The policy is gone since the fix.']],
    [
      'another version',
      { Policy: JSON.stringify({ Version: '2008-10-17', Statement: [secure] }) },
      ['what is around them'],
    ],
    [
      'a grant more and one less',
      { Grants: [grant('0123456789abcdef', 'READ')] },
      [
        'The ACL grants READ to 0123456789abcdef since the fix.',
        'The ACL does not grant FULL_CONTROL to 79a59df900b949e5 since the fix.',
      ],
    ],
    [
      'a setting',
      {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          IgnorePublicAcls: true,
          BlockPublicPolicy: true,
          RestrictPublicBuckets: true,
        },
      },
      ['RestrictPublicBuckets is on since the fix.'],
    ],
    [
      'the ownership of objects',
      { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } },
      ['The object ownership is BucketOwnerEnforced since the fix; the fix left it not set.'],
    ],
    ['the owner', { Owner: { ID: 'x' } }, ['The bucket has another owner since the fix.']],
    [
      'IgnorePublicAcls of the account',
      { AccountPublicAccessBlockConfiguration: { ...none, IgnorePublicAcls: true } },
      ['IgnorePublicAcls is on for the account since the fix, and hides what the ACL grants to everybody.'],
    ],
  ])('is refused, and says what differs: %s', (_name, since, words) => {
    const { live, history } = fixed();

    live.set(since);
    const differences = differencesOf(planUndo(history, live.state));

    expect(differences).toHaveLength(words.length);
    for (const [index, word] of words.entries()) expect(differences[index]).toContain(word);
  });

  it('is refused for a policy that came after the fix deleted one', () => {
    const { live, history } = fixed({ ...open, Policy: text(everybody) });

    live.set({ Policy: text(partner) });

    expect(differencesOf(planUndo(history, live.state))).toEqual([
      'There is a policy since the fix, which the fix did not leave.',
    ]);
  });

  it('compares with what the fix was to leave, where nobody heard what it left', () => {
    const { live, step } = fixed();

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
