import { waitsFor } from '../../../cli/show/waits-for';
import { recordOf } from '../../operator/records';

describe('what a finding that is held waits for', () => {
  it.each([
    ['stop', 'the end of a pause'],
    ['limit', 'a limit of the policy'],
    ['conflict', 'opened again and again'],
    ['freeze', 'a freeze of the policy'],
    ['names', 'the policy to name only what the organization has'],
    ['account', 'its account to be reachable'],
    ['places', 'other findings of its account to be closed'],
    ['moon', 'moon'],
    ['constructor', 'constructor'],
  ])('is said for %s, also of a later version', (heldBy, expected) => {
    // Not a literal: a later hub may hold findings for what this version does not know.
    const record = JSON.parse(JSON.stringify({ state: 'held', heldBy, waitsFor: 'something' }));
    expect(waitsFor(record)).toContain(expected);
  });

  it.each([
    ['stop', 'the next look at the stop switch'],
    ['limit', 'the next look at the limits'],
    ['names', 'the next look at the organization'],
    ['conflict', 'the end of a growing pause'],
  ] as const)('is another look where only the time wakes one that is held by %s', (heldBy, expected) => {
    expect(waitsFor(recordOf({ state: 'held', heldBy }))).toContain(expected);
  });

  it('is nothing where it is not held', () => {
    expect(waitsFor(recordOf({ state: 'failed' }))).toBeUndefined();
    expect(waitsFor(recordOf({ state: 'held' }))).toBeUndefined();
    expect(waitsFor(recordOf({ state: 'fixed', heldBy: 'stop' }))).toBeUndefined();
  });
});
