import { NoTreeError, TreeReader } from '../../hub-functions/tree-reader';
import { contentOf } from '../../ledger/organization/organization-tree';

const zero = Date.parse('2026-11-27T00:00:00.000Z');
const day = 24 * 60 * 60_000;

function world() {
  const account = { id: '222222222222', name: 'one', parentId: 'r-1' };
  const state = {
    time: zero,
    generation: 'first' as string | undefined,
    isThere: true,
    readAt: zero,
    loads: [] as string[],
  };
  const reader = new TreeReader(
    {
      async head() {
        const { generation } = state;
        const readAt = new Date(state.readAt).toISOString();
        return {
          seen: readAt,
          ...(generation && {
            kept: { generation, chunks: 1, digest: 'd', writtenAt: readAt, readAt, tookMilliseconds: 1 },
          }),
        };
      },
      async load({ generation }) {
        state.loads.push(generation);
        const tree = {
          rootId: 'r-1',
          units: new Map(),
          accounts: new Map([[account.id, { ...account, name: generation }]]),
          readAt: new Date(state.readAt),
          tookMilliseconds: 1,
        };
        return state.isThere ? contentOf(tree) : undefined;
      },
    },
    () => new Date(state.time),
  );
  return { state, nameOf: async () => (await reader.read()).accounts.get(account.id)?.name };
}

describe("the organization's tree, as the dispatcher reads it", () => {
  it('is loaded once for each generation, and always the one that counts', async () => {
    const { state, nameOf } = world();
    expect([await nameOf(), await nameOf()]).toEqual(['first', 'first']);
    state.generation = 'second';
    expect([await nameOf(), await nameOf()]).toEqual(['second', 'second']);
    expect(state.loads).toEqual(['first', 'second']);
  });

  it('is as old as its last reading, though its content is remembered', async () => {
    const { state, nameOf } = world();
    await nameOf();
    state.time += day;
    await expect(nameOf()).rejects.toBeInstanceOf(NoTreeError);
    state.readAt += day;
    expect(await nameOf()).toBe('first');
    expect(state.loads).toEqual(['first']);
  });

  it('is none where none is kept, or its content is not there as a whole', async () => {
    const { state, nameOf } = world();
    state.isThere = false;
    await expect(nameOf()).rejects.toBeInstanceOf(NoTreeError);
    state.isThere = true;
    expect(await nameOf()).toBe('first');
    state.generation = undefined;
    await expect(nameOf()).rejects.toBeInstanceOf(NoTreeError);
  });
});
