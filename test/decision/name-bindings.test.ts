import fc from 'fast-check';
import type { CompiledPolicy } from '../../config/compiled';
import { locate } from '../../config/place';
import { boundNames, seenNames } from '../../decision/name-bindings';
import { isRenamed } from '../../decision/names-seen';
import { type OrganizationTree, placeIn, type TreeNode } from '../../ledger/organization/organization-tree';
import { testPolicy } from '../support/findings';

const names = ['a', 'b', 'c'];
const ids = [1, 2, 3, 4].map((number) => `10000000000${number}`);
const level = { flag: 'on' as const, source: 'organization.yaml:12', controls: {} };
const policy: CompiledPolicy = {
  ...testPolicy,
  accounts: Object.fromEntries(names.map((name) => [name, level])),
};
const nothing = { accounts: {}, units: {} };

function treeOf(named: readonly string[]): OrganizationTree {
  const nodes = named.map((name, index): TreeNode => ({ id: ids[index] ?? '', name, parentId: 'r-root' }));
  return {
    rootId: 'r-root',
    units: new Map(),
    accounts: new Map(nodes.map((node) => [node.id, node])),
    readAt: new Date(0),
    tookMilliseconds: 1,
  };
}

/** What four accounts are named, at several times; `z` is a name that the policy does not use. */
const histories = fc.array(fc.array(fc.constantFrom(...names, 'z'), { minLength: 4, maxLength: 4 }), {
  minLength: 1,
  maxLength: 6,
});

it('a name of a policy never comes to mean another account, and nobody else gets anything of its line', () => {
  fc.assert(
    fc.property(histories, (history) => {
      let bound: ReturnType<typeof boundNames> = nothing;
      for (const [index, named] of history.entries()) {
        const tree = treeOf(named);
        const next = boundNames(bound, index > 0, policy, tree);
        expect(next.accounts).toMatchObject(bound.accounts);
        bound = next;
        const { unresolved, lost } = seenNames(policy, bound, tree);
        // Each name of the policy is never resolved, ambiguous from the start, or means one account.
        for (const name of names) {
          const bearers = ids.filter((_, at) => named[at] === name);
          const meant = Object.hasOwn(bound.accounts, name) ? bound.accounts[name] : undefined;
          expect(unresolved.some(({ key }) => key === name)).toBe(
            meant === undefined && bearers.length === 0,
          );
          if (meant === undefined) continue;
          const own = lost.find(({ key }) => key === name);
          expect(own === undefined).toBe(bearers.length === 1 && bearers[0] === meant);
          if (own) expect(isRenamed(own)).toBe(!bearers.includes(meant));
          // Nobody else gets anything of its line.
          for (const id of ids) {
            const keys = keysOf(tree, id, bound);
            expect(keys.includes(name)).toBe(id === meant && keys.length > 0);
          }
        }
      }
    }),
  );
});

/** Where several bear a name that is not bound, what the policy says of them cannot be told. */
function keysOf(tree: OrganizationTree, id: string, bound: ReturnType<typeof boundNames>): readonly string[] {
  try {
    return locate(policy, { ...placeIn(tree, id), bound }).account;
  } catch {
    return [];
  }
}

it('a policy that is deployed anew means what bears its names then; what nobody bears, and whoever kept a name, stays', () => {
  const before = { accounts: { a: ids[0] ?? '', b: ids[1] ?? '', c: ids[2] ?? '' }, units: {} };
  const tree = treeOf(['a', 'z', 'z', 'a']);
  expect(boundNames(before, false, policy, tree).accounts).toEqual(before.accounts);
  const taken = treeOf(['z', 'a', 'b', 'b']);
  expect(boundNames(before, true, policy, taken).accounts).toEqual(before.accounts);
  // `b` is borne by two that never meant it: nobody can tell which is meant.
  expect(boundNames(before, false, policy, taken).accounts).toEqual({ a: ids[1], c: ids[2] });
});

it('takes names that every object has for names like others', () => {
  const odd = { ...policy, accounts: { constructor: level, toString: level } };
  expect(
    seenNames(odd, boundNames(nothing, false, odd, treeOf(['a'])), treeOf(['a'])).unresolved,
  ).toHaveLength(2);
});
