import fc from 'fast-check';
import type { Change } from '../../../core/plan';
import type { UndoPlan } from '../../../resources/kit/undo';
import { changeOf, ruleOf, type SecurityGroupChange } from '../../../resources/security-group/changes';
import { describeRule, type IngressRule, ruleKey } from '../../../resources/security-group/ingress-rule';
import { type SecurityGroup, securityGroupFromApi } from '../../../resources/security-group/model';
import { readSecurityGroupRule } from '../../../resources/security-group/rule';
import { planUndo } from '../../../resources/security-group/undo';
import { openPortsParameters, prefixLists, runs, smallApiGroups } from '../../controls/support/arbitraries';
import { changed, meaningOf, type SavedGroup, savedOf, tcp } from '../../controls/support/saved-groups';
import { planned } from '../../controls/support/security-groups';

const revoke = (rule: IngressRule): Change => changeOf('revoke', rule, 'Close it.');
const authorize = (rule: IngressRule): Change => changeOf('authorize', rule, 'Keep it open.');
const changesOf = (plan: UndoPlan): readonly Change[] => {
  if (plan.kind === 'undo') return plan.changes;
  throw new Error(plan.differences.join(' '));
};
const tags = [{ Key: 'owner', Value: 'ops' }];

const someTags = fc.constantFrom(
  undefined,
  tags,
  [
    { Key: 'a', Value: '' },
    { Key: 'b', Value: '1' },
  ],
  [{ Key: 'a', Value: '1' }],
);

/** A group as a live reading gives it, with tags on its rules, and parameters that may find it dangerous. */
const fixedGroups = fc
  .tuple(smallApiGroups, prefixLists, fc.array(someTags, { minLength: 1, maxLength: 9 }), openPortsParameters)
  .map(([api, lists, tagsOfRules, overrides]) => {
    const bare = securityGroupFromApi(api, lists ? { prefixLists: lists } : {});
    const ingress = bare.ingress.map((rule, index) => {
      const own = tagsOfRules[index % tagsOfRules.length];
      return own === undefined ? rule : { ...rule, tags: own };
    });
    const group: SecurityGroup = { ...bare, ingress };
    return { group, changes: planned(group, overrides).changes };
  })
  .filter(({ changes }) => changes.length > 0);

const sinces = { rename: 'has another description', remove: 'was removed', openOtherwise: 'was added' };

const someEdits = fc.array(
  fc.record({
    kind: fc.constantFrom('add' as const, 'remove' as const, 'rename' as const),
    at: fc.nat({ max: 99 }),
  }),
  { maxLength: 3 },
);

/**
 * Undoes the fixes of random security groups, stopped and disturbed anywhere.
 * @param groups how many of each property; the two with the most work for each take half as many
 */
export function testUndo(groups: number): void {
  const all = { ...runs, numRuns: groups };
  const half = { ...runs, numRuns: groups / 2 };

  describe('whatever the security group, the undo of its fix', () => {
    it('gives back the original, descriptions and tags included, and then has nothing to do', () => {
      fc.assert(
        fc.property(fixedGroups, fc.boolean(), ({ group, changes }, isHeard) => {
          const was = savedOf(group);
          const left = changed(was, changes);
          const fixed = { steps: [{ before: was, changes }], ...(isHeard && { after: left }) } as const;
          const back = changed(left, changesOf(planUndo(fixed, left)));

          expect(meaningOf(back)).toEqual(meaningOf(was));
          expect(changesOf(planUndo(fixed, back))).toEqual([]);
        }),
        all,
      );
    });

    it('completes an undo that stopped anywhere, of a fix that was made in two steps', () => {
      fc.assert(
        fc.property(fixedGroups, fc.nat(), fc.nat(), ({ group, changes }, first, second) => {
          const was = savedOf(group);
          const half = changed(was, changes.slice(0, first % (changes.length + 1)));
          const rest = changes.slice(first % (changes.length + 1));
          const left = changed(half, rest);
          const steps = [
            { before: was, changes },
            { before: half, changes: rest },
          ] as const;
          const undo = changesOf(planUndo({ steps, after: left }, left));
          const stopped = changed(left, undo.slice(0, second % (undo.length + 1)));
          const back = changed(stopped, changesOf(planUndo({ steps, after: left }, stopped)));

          expect(meaningOf(back)).toEqual(meaningOf(was));
        }),
        all,
      );
    });

    it('authorizes before it revokes, and only what is not there', () => {
      fc.assert(
        fc.property(fixedGroups, ({ group, changes }) => {
          const was = savedOf(group);
          const left = changed(was, changes);
          const undo = changesOf(planUndo({ steps: [{ before: was, changes }], after: left }, left));
          const actions = undo.map(({ action }) => action);
          const more = actions.filter((action) => action === 'authorize').length;

          expect(actions).toEqual(actions.toSorted());
          expect(changed(left, undo).ingressRules).toHaveLength(
            left.ingressRules.length + more - (actions.length - more),
          );
        }),
        all,
      );
    });

    it('leaves what others changed beside it since, before an undo and after half of one', () => {
      fc.assert(
        fc.property(
          fixedGroups,
          someEdits,
          fc.nat(),
          someEdits,
          ({ group, changes }, first, stop, second) => {
            const was = savedOf(group);
            const fixed = { steps: [{ before: was, changes }], after: changed(was, changes) } as const;
            const touched = new Set(changes.map((change) => ruleKey(ruleOf(change))));
            const [left, original] = [fixed.after, was].map((state) => beside(state, first, touched));
            if (!left || !original) return;
            const undo = changesOf(planUndo(fixed, left));
            const half = beside(changed(left, undo.slice(0, stop % (undo.length + 1))), second, touched);
            const back = changed(half, changesOf(planUndo(fixed, half)));

            expect(meaningOf(back)).toEqual(meaningOf(beside(original, second, touched)));
            expect(changesOf(planUndo(fixed, back))).toEqual([]);
          },
        ),
        half,
      );
    });

    it('is refused with the one difference after a change of what the fix touched, also beside others', () => {
      const refused = new Set<string>();
      const kinds = fc.constantFrom('rename' as const, 'remove' as const, 'openOtherwise' as const);
      fc.assert(
        fc.property(fixedGroups, kinds, fc.nat(), someEdits, ({ group, changes }, kind, at, edits) => {
          const was = savedOf(group);
          const left = changed(was, changes);
          const touched = new Set(changes.map((change) => ruleKey(ruleOf(change))));
          const action = kind === 'openOtherwise' ? 'revoke' : 'authorize';
          const mine = changes.filter((change) => change.action === action);
          const one = mine[at % Math.max(1, mine.length)];
          if (one === undefined || (action === 'authorize' && has(was, one))) return;
          const words = authorize({ ...ruleOf(one), description: 'in other words' });
          const since =
            kind === 'openOtherwise' ? [words] : [revoke(ruleOf(one)), ...(kind === 'rename' ? [words] : [])];
          const now = beside(changed(left, since), edits, touched);

          expect(planUndo({ steps: [{ before: was, changes }], after: left }, now)).toEqual({
            kind: 'changed',
            differences: [`${describeRule(ruleOf(one))} ${sinces[kind]} since.`],
          });
          refused.add(kind);
        }),
        half,
      );
      expect(refused.size).toBe(3);
    });
  });
}

type Edits = typeof someEdits extends fc.Arbitrary<infer Value> ? Value : never;

/** The state after changes of rules that the fix did not touch, which depend on these rules alone. */
function beside(state: SavedGroup, edits: Edits, touched: ReadonlySet<string>): SavedGroup {
  let now = state;
  for (const { kind, at } of edits) {
    if (kind === 'add') {
      now = changed(now, [authorize(tcp(10_000 + at, '198.51.100.9/32'))]);
      continue;
    }
    const others = now.ingressRules
      .filter((rule) => !touched.has(keyOf(rule)))
      .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    const one = others[at % Math.max(1, others.length)];
    const ingressRules = now.ingressRules.flatMap((rule) => {
      if (rule !== one) return [rule];
      return kind === 'remove' ? [] : [{ ...rule, Description: `words ${at}` }];
    });
    now = { ...now, ingressRules };
  }
  return now;
}

function keyOf(rule: SavedGroup['ingressRules'][number]): string {
  return ruleKey(readSecurityGroupRule(rule, 'rule'));
}

function has(state: SavedGroup, change: SecurityGroupChange): boolean {
  const key = ruleKey(ruleOf(change));
  return state.ingressRules.some((rule) => keyOf(rule) === key);
}
