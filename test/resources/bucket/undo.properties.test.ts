import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { plan } from '../../../controls/s3-public-access/plan';
import type { FixHistory, FixStep } from '../../../core/fix-step';
import type { JsonObject } from '../../../core/json';
import type { Change } from '../../../core/plan';
import { isBucketChange } from '../../../resources/bucket/changes';
import { sameGrants } from '../../../resources/bucket/meaning';
import { blockSettingNames, bucketFromApi } from '../../../resources/bucket/model';
import { planUndo } from '../../../resources/bucket/undo';
import { isBucketUndoChange } from '../../../resources/bucket/undo-changes';
import { meaningOf } from '../../../resources/kit/policy/meaning';
import { apiBuckets, runs } from '../../controls/support/arbitraries';
import { allUsers, grant, policy, statement } from '../../controls/support/buckets';
import { type BucketContent, LiveBucket, rewritten } from '../../controls/support/live-bucket';

const fixes = fc.constantFrom('surgical' as const, 'lockdown' as const);
const parts = ['block', 'acl', 'policy'] as const;

const none = {
  BlockPublicAcls: false,
  IgnorePublicAcls: false,
  BlockPublicPolicy: false,
  RestrictPublicBuckets: false,
};

/** How many writes an attempt makes before it stops; the last one makes all. */
const attempts = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 });

/** A bucket after a fix that took several attempts, and what was saved of it. */
function fixed(content: BucketContent, fix: 'surgical' | 'lockdown', stops: readonly number[]) {
  const live = new LiveBucket(content);
  const steps: FixStep[] = [];
  for (const stop of [...stops, parts.length]) {
    const { changes } = plan(live.bucket, { fix });
    if (changes.length === 0) continue;
    steps.push({ before: live.state, changes });
    for (const part of parts.slice(0, stop)) live.fixPart(changes, part);
  }
  const [first, ...later] = steps;
  return { live, history: first && { steps: [first, ...later] as const, after: live.state } };
}

const seen = (content: BucketContent) => {
  const { name: _name, ...rest } = bucketFromApi(content);
  return { ...rest, block: content.PublicAccessBlockConfiguration };
};

/** Without the null prototypes of generated objects. */
const plain = (value: object): unknown => JSON.parse(JSON.stringify(value));

/** Whether the account keeps S3 from taking back what was there. */
function isKeptOut(history: FixHistory, live: LiveBucket): boolean {
  const undo = planUndo(history, live.state);
  return undo.kind === 'changed' && undo.differences.every((one) => one.includes('is on for the account'));
}

function changesOf(undo: ReturnType<typeof planUndo>) {
  if (undo.kind === 'changed') throw new Error(undo.differences.join(' '));
  return undo.changes;
}

/** What a fix touched: settings, the ACL, and statements as they were and as it left them. */
interface TouchedByFix {
  settings: ReadonlySet<string>;
  acl: boolean;
  statements: ReadonlySet<string>;
  /** Statements that the fix removed, and those that it made. */
  removed: readonly JsonObject[];
  made: readonly JsonObject[];
  /** Whether the fix left a policy. */
  hasPolicy: boolean;
}

function touchedBy({ steps, after }: FixHistory): TouchedByFix {
  const changes = steps.flatMap((step) => step.changes).filter(isBucketChange);
  const removed = changes.flatMap((change) => {
    if (change.action === 'removeStatement') return [change.statement];
    return change.action === 'deletePolicy' ? statementsOf(change.policy) : [];
  });
  const edits = changes.filter((change) => change.action === 'editStatement');
  const made = edits.map(({ after }) => after);
  const acl = changes.some(({ action }) => action === 'removeGrant');
  const all = [...removed, ...made, ...edits.map(({ before }) => before)];
  const settings = changes.flatMap((change) =>
    change.action === 'blockPublicAccess'
      ? blockSettingNames.filter((name) => change.settings[name] && !change.before[name])
      : [],
  );
  const keptOut = [
    ...(acl ? ['BlockPublicAcls', 'IgnorePublicAcls'] : []),
    ...(all.length > 0 ? ['BlockPublicPolicy'] : []),
  ];
  const statements = new Set(all.map(meaningOf));
  const hasPolicy = bucketFromApi(after).policy !== undefined;
  return { settings: new Set([...settings, ...keptOut]), acl, statements, removed, made, hasPolicy };
}

function statementsOf(text: unknown): JsonObject[] {
  return typeof text === 'string' ? [JSON.parse(text).Statement].flat() : [];
}

/** A policy with other statements; a new one where there was none. */
function withStatements(text: unknown, Statement: readonly object[]): BucketContent {
  return {
    Policy: JSON.stringify(
      typeof text === 'string' ? { ...JSON.parse(text), Statement } : policy(...Statement),
    ),
  };
}

type Edit = { kind: (typeof kinds)[number]; at: number };
const kinds = [
  'addStatement',
  'removeStatement',
  'addGrant',
  'addPublicGrant',
  'removeGrant',
  'setting',
  'ownership',
] as const;
const someEdits = fc.array(fc.record({ kind: fc.constantFrom(...kinds), at: fc.nat({ max: 9 }) }), {
  maxLength: 3,
});

/** A change of what a fix did not touch, to be made wherever that is; undefined where there is nothing of the kind. */
function beside(
  { kind, at }: Edit,
  now: BucketContent,
  touched: TouchedByFix,
): ((content: BucketContent) => BucketContent) | undefined {
  switch (kind) {
    case 'addStatement': {
      const visitor = statement({
        Sid: `Visitor${at}`,
        Principal: { AWS: 'arn:aws:iam::999999999999:root' },
      });
      if (statementsOf(now.Policy).some(({ Sid }) => Sid === `Visitor${at}`)) return undefined;
      return ({ Policy }) =>
        withStatements(Policy, statementsOf(Policy).toSpliced(at, 0, visitor as JsonObject));
    }
    case 'removeStatement': {
      const statements = statementsOf(now.Policy);
      const others = statements.filter((one) => !touched.statements.has(meaningOf(one)));
      const one = others[at % Math.max(1, others.length)];
      if (one === undefined || statements.length === 1) return undefined;
      return ({ Policy }) => {
        const all = statementsOf(Policy);
        const index = all.findIndex((other) => meaningOf(other) === meaningOf(one));
        return withStatements(Policy, all.toSpliced(index, 1));
      };
    }
    case 'addGrant':
      return ({ Grants }) => ({ Grants: [...(Grants as object[]), grant(`visitor${at}`, 'READ')] });
    case 'addPublicGrant':
      return ({ Grants }) => ({ Grants: [...(Grants as object[]), grant(allUsers, 'READ_ACP')] });
    case 'removeGrant': {
      const isOther = (one: unknown) => JSON.stringify(one).includes('CanonicalUser');
      const one = (now.Grants as object[]).find(isOther);
      if (one === undefined) return undefined;
      return ({ Grants }) => {
        const all = Grants as object[];
        return {
          Grants: all.toSpliced(
            all.findIndex((other) => isDeepStrictEqual(plain(other), plain(one))),
            1,
          ),
        };
      };
    }
    case 'setting': {
      const others = blockSettingNames.filter((name) => !touched.settings.has(name));
      const name = others[at % Math.max(1, others.length)];
      if (name === undefined) return undefined;
      const isOn = !bucketFromApi(now).publicAccessBlock[name];
      return ({ PublicAccessBlockConfiguration: block }) => ({
        PublicAccessBlockConfiguration: { ...none, ...(block as object | undefined), [name]: isOn },
      });
    }
    case 'ownership':
      return () => ({ OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } });
  }
}

/** Changes of what a fix touched, or of what it takes to restore that, and how they are told. */
const obstacles: Record<
  string,
  (now: BucketContent, touched: TouchedByFix) => { since: BucketContent; words: RegExp } | undefined
> = {
  'an edited statement that is another one': ({ Policy }, { made }) => {
    const statements = statementsOf(Policy);
    const index = statements.findIndex((one) => made.some((other) => meaningOf(other) === meaningOf(one)));
    if (index === -1) return undefined;
    const since = statements.with(index, { ...statements[index], Action: 's3:PutBucketPolicy' });
    return { since: withStatements(Policy, since), words: /was changed or removed since the fix/ };
  },
  'a statement of the same name': ({ Policy }, { removed }) => {
    const one = removed.find(({ Sid }) => Sid !== undefined);
    if (one === undefined) return undefined;
    const since = [...statementsOf(Policy), { ...one, Action: 's3:PutBucketPolicy' }];
    return { since: withStatements(Policy, since), words: /another statement with the Sid Everybody since/ };
  },
  'a policy that is gone': (_now, { hasPolicy, statements }) =>
    !hasPolicy || statements.size === 0
      ? undefined
      : { since: { Policy: undefined }, words: /policy is gone since the fix/ },
  'a policy of another version': ({ Policy }, { statements }) => {
    if (Policy === undefined || statements.size === 0) return undefined;
    const since = { Policy: JSON.stringify({ ...JSON.parse(String(Policy)), Version: '2008-10-17' }) };
    return { since, words: /Version is 2008-10-17 since the fix/ };
  },
  'a bucket that takes no ACL': (_now, { acl }) =>
    acl
      ? {
          since: { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } },
          words: /object ownership is BucketOwnerEnforced since the fix/,
        }
      : undefined,
  'another owner': () => ({ since: { Owner: { ID: 'x' } }, words: /another owner since the fix/ }),
};

/** Makes writes of an undo as the remediation function does: none of an ACL that is not as it was planned from. */
function written(live: LiveBucket, changes: readonly Change[]): void {
  for (const change of changes) {
    if (!isBucketUndoChange(change)) throw new Error(change.action);
    if (change.action === 'restoreAcl') {
      const { grants } = live.bucket;
      if (![change.before, change.grants].some((known) => sameGrants(known, grants))) return;
    }
    live.undo([change]);
  }
}

/** What a bucket holds, where the order of statements and grants means nothing, and no settings are as good as none on. */
function inAnyOrder(content: BucketContent) {
  const { grants, publicAccessBlock, policy: { document = {} } = {} } = bucketFromApi(content);
  const { Statement: _statement, ...rest } = document as JsonObject;
  return {
    grants: grants.map((one) => JSON.stringify(one)).toSorted(),
    publicAccessBlock,
    hasBlock:
      Object.values(publicAccessBlock).includes(true) && content.PublicAccessBlockConfiguration !== undefined,
    statements: statementsOf(content.Policy).map(meaningOf).toSorted(),
    rest,
  };
}

describe('whatever the bucket, its fix and where that stopped', () => {
  it('an undo gives back the original: policy text, ACL, block settings or none; and a second one changes nothing', () => {
    let undone = 0;
    fc.assert(
      fc.property(apiBuckets, fixes, attempts, fc.boolean(), (content, fix, stops, isHeard) => {
        const { live, history } = fixed(content, fix, stops);
        if (!history || isKeptOut(history, live)) return;
        const { after, steps } = history;
        const saved = isHeard ? { steps, after } : { steps };

        live.undo(changesOf(planUndo(saved, live.state)));

        expect(seen(live.real)).toEqual(seen(content));
        expect(live.real.Policy).toBe(content.Policy);
        expect(planUndo(saved, live.state)).toEqual({ kind: 'undo', changes: [] });
        undone++;
      }),
      runs,
    );
    expect(undone).toBeGreaterThan(runs.numRuns / 4);
  });

  it('an undo that stopped half-way is completed', () => {
    fc.assert(
      fc.property(
        apiBuckets,
        fixes,
        attempts,
        fc.integer({ min: 0, max: 3 }),
        (content, fix, stops, made) => {
          const { live, history } = fixed(content, fix, stops);
          if (!history || isKeptOut(history, live)) return;
          live.undo(changesOf(planUndo(history, live.state)).slice(0, made));

          live.undo(changesOf(planUndo(history, live.state)));

          expect(seen(live.real)).toEqual(seen(content));
        },
      ),
      runs,
    );
  });

  it('what AWS hands over in another form of the same meaning is no change', () => {
    fc.assert(
      fc.property(apiBuckets, fixes, (content, fix) => {
        const { live, history } = fixed(content, fix, []);
        if (!history || isKeptOut(history, live)) return;

        expect(planUndo(history, rewritten(live.state)).kind).toBe('undo');
      }),
      runs,
    );
  });

  it('what others changed beside it since stays, before an undo and after half of one', () => {
    let undone = 0;
    fc.assert(
      fc.property(
        apiBuckets,
        fixes,
        attempts,
        someEdits,
        fc.integer({ min: 0, max: 3 }),
        someEdits,
        (content, fix, stops, first, made, second) => {
          const { live, history } = fixed(content, fix, stops);
          if (!history || isKeptOut(history, live)) return;
          const original = new LiveBucket(content);
          const touched = touchedBy(history);
          const edit = (edits: readonly Edit[]) => {
            for (const one of edits) {
              const since = beside(one, live.real, touched);
              if (since === undefined) continue;
              live.set(since(live.real));
              original.set(since(original.real));
            }
          };

          edit(first);
          written(live, changesOf(planUndo(history, live.state)).slice(0, made));
          edit(second);
          for (let round = 0; round < 3; round++) written(live, changesOf(planUndo(history, live.state)));

          expect(inAnyOrder(live.real)).toEqual(inAnyOrder(original.real));
          expect(planUndo(history, live.state)).toEqual({ kind: 'undo', changes: [] });
          undone++;
        },
      ),
      runs,
    );
    expect(undone).toBeGreaterThan(runs.numRuns / 4);
  });

  it('what others changed of what the fix touched is refused and told, also beside other changes', () => {
    const refused = new Map<string, number>();
    fc.assert(
      fc.property(
        apiBuckets,
        fixes,
        attempts,
        someEdits,
        fc.constantFrom(...Object.keys(obstacles)),
        (content, fix, stops, edits, name) => {
          const { live, history } = fixed(content, fix, stops);
          if (!history || isKeptOut(history, live)) return;
          const touched = touchedBy(history);
          for (const one of edits) live.set(beside(one, live.real, touched)?.(live.real) ?? {});
          const obstacle = obstacles[name]?.(live.real, touched);
          if (obstacle === undefined) return;
          live.set(obstacle.since);

          const undo = planUndo(history, live.state);

          expect(undo).toEqual({ kind: 'changed', differences: [expect.stringMatching(obstacle.words)] });
          refused.set(name, (refused.get(name) ?? 0) + 1);
        },
      ),
      runs,
    );
    expect([...refused.keys()].toSorted()).toEqual(Object.keys(obstacles).toSorted());
  });
});
