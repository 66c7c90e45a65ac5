import { type FindingState, isOpen, mayFollow, states } from '../../core/states';

const all = Object.keys(states) as FindingState[];

describe('the table of states', () => {
  it('names only states that exist as next', () => {
    for (const state of all) for (const next of states[state].next) expect(all).toContain(next);
  });

  it('lets every state be reached', () => {
    const reached = new Set<FindingState>(['received']);
    for (const state of reached) for (const next of states[state].next) reached.add(next);
    expect([...reached].sort()).toEqual([...all].sort());
  });

  it('leaves a closed occurrence only to be undone, and always lets an open one be looked at', () => {
    for (const state of all) {
      // An undo reopens what was closed by something other than the end of the resource; a new danger is the next occurrence.
      if (!isOpen(state)) expect(states[state].next).toEqual(state === 'gone' ? [] : ['received']);
      else if (state !== 'received') expect(mayFollow(state, 'received')).toBe(true);
    }
  });

  it('lets a message leave the queue in every state but the first', () => {
    expect(all.filter((state) => !states[state].recorded)).toEqual(['received']);
  });

  it('lets nothing be called fixed without a look', () => {
    expect(all.filter((state) => mayFollow(state, 'fixed'))).toEqual(['received']);
  });
});
