import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { bucketFromApi } from '../../../controls/resources/bucket';
import { planUndo } from '../../../controls/resources/bucket-undo';
import type { FixHistory, FixStep } from '../../../controls/resources/undo';
import { plan } from '../../../controls/s3-public-access/plan';
import { apiBuckets, runs } from '../support/arbitraries';
import { allUsers, grant, policy, statement } from '../support/buckets';
import { type BucketContent, LiveBucket, rewritten } from '../support/live-bucket';

const fixes = fc.constantFrom('surgical' as const, 'lockdown' as const);
const parts = ['block', 'acl', 'policy'] as const;

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

  const visitor = statement({ Sid: 'Visitor', Principal: { AWS: 'arn:aws:iam::999999999999:root' } });
  const changesSince: ((state: BucketContent) => BucketContent)[] = [
    ({ Policy }) => ({
      Policy: JSON.stringify(
        typeof Policy === 'string'
          ? { ...JSON.parse(Policy), Statement: [JSON.parse(Policy).Statement, visitor].flat() }
          : policy(visitor),
      ),
    }),
    ({ Grants }) => ({ Grants: [...(Grants as object[]), grant('0123456789abcdef', 'READ')] }),
    ({ PublicAccessBlockConfiguration: block }) => {
      const settings = block as Record<string, boolean> | undefined;
      return {
        PublicAccessBlockConfiguration: {
          ...settings,
          RestrictPublicBuckets: !settings?.RestrictPublicBuckets,
        },
      };
    },
    () => ({ OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } }),
    () => ({ Owner: { ID: 'somebody-else' } }),
  ];

  it('any change since the fix is refused, with what differs, also after a half-done undo', () => {
    fc.assert(
      fc.property(
        apiBuckets,
        fixes,
        fc.constantFrom(...changesSince),
        fc.integer({ min: 0, max: 3 }),
        (content, fix, change, made) => {
          const { live, history } = fixed(content, fix, []);
          if (!history || isKeptOut(history, live)) return;
          const left = live.real;
          live.undo(changesOf(planUndo(history, live.state)).slice(0, made));
          live.set(change(live.real));
          // A setting turned off again may be what was there before; one turned on again, what the fix left.
          if ([content, left].some((one) => isDeepStrictEqual(plain(seen(live.real)), plain(seen(one)))))
            return;

          const undo = planUndo(history, live.state);

          expect(undo.kind).toBe('changed');
          if (undo.kind === 'changed') expect(undo.differences.join(' ')).toMatch(/since the fix/);
        },
      ),
      runs,
    );
  });

  it('a grant to everybody that somebody made since is refused, wherever it can be seen', () => {
    fc.assert(
      fc.property(apiBuckets, fixes, (content, fix) => {
        const { live, history } = fixed(content, fix, []);
        if (!history || isKeptOut(history, live)) return;
        live.undo(changesOf(planUndo(history, live.state)));
        live.set({ Grants: [...(live.real.Grants as object[]), grant(allUsers, 'READ_ACP')] });

        const { publicAccessBlock, accountPublicAccessBlock } = live.bucket;
        const isHidden = publicAccessBlock.IgnorePublicAcls || accountPublicAccessBlock.IgnorePublicAcls;
        expect(planUndo(history, live.state).kind).toBe(isHidden ? 'undo' : 'changed');
      }),
      runs,
    );
  });
});
