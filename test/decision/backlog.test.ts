import { backlogQuestion } from '../../decision/backlog';
import type { Facts } from '../../decision/facts';
import { isMissed, isOfFirstPatrol, type Past } from '../../decision/past';
import { ruledDigest } from '../../decision/ruled';
import { accounts, testPolicy } from '../support/findings';

const now = new Date('2026-11-23T12:00:00.000Z');
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();
const day = 24 * 60;
const ruling = {
  flag: 'on' as const,
  decidedBy: 'the default (policy.yaml:9)',
  parameters: {},
  place: [accounts.on, 'r-root'],
};
const watched = { since: ago(30 * day), firstOverAt: ago(29 * day) };

function asked(past: Past, more: Partial<Facts> = {}) {
  const reply = backlogQuestion.ask({
    now,
    policy: testPolicy,
    ruling,
    writes: [],
    watch: watched,
    past,
    ...more,
  });
  return 'needs' in reply ? reply.needs : reply.course ? 'frozen' : 'fresh';
}

describe('a fix', () => {
  it('is no backlog where it was found as it arose', () => {
    expect(asked({ receivedAt: ago(0) })).toBe('fresh');
    expect(asked({ receivedAt: ago(59), detector: 'patrol' })).toBe('fresh');
  });

  it('is frozen for its account, for the sweep to release', () => {
    const reply = backlogQuestion.ask({
      now,
      policy: testPolicy,
      ruling,
      writes: [],
      past: { receivedAt: ago(61) },
    });
    expect(reply).toMatchObject({
      course: { state: 'held', heldBy: 'frozen', waitsFor: `frozen#${accounts.on}` },
    });
  });

  it.each<[string, Past]>([
    ['the policy left it alone before', { receivedAt: ago(1), standing: 'left-alone', ruled: 'another' }],
    ['nobody could decide for over an hour', { receivedAt: ago(61) }],
    ['its message was on the queue for over an hour', { receivedAt: ago(0), sentAt: ago(61) }],
    ['it was backlog before', { receivedAt: ago(1), standing: 'backlog' }],
  ])('is backlog where %s', (_why, past) => {
    expect(asked(past)).toBe('frozen');
  });

  it('is none where it was decided on, and has waited for something else since', () => {
    expect(asked({ receivedAt: ago(10 * day), standing: 'cleared' })).toBe('fresh');
  });

  it('is none where the policy says what it said when it had the plan wait', () => {
    const ruled = ruledDigest(ruling, testPolicy);
    expect(asked({ receivedAt: ago(10 * day), standing: 'left-alone', ruled })).toBe('fresh');
  });

  it('is none that a person approved, or that was begun', () => {
    const decision = { what: 'approved', plan: 'p', seen: 'p', lossy: false, by: 'ada', at: ago(1) } as const;
    const past: Past = { receivedAt: ago(10 * day), standing: 'left-alone' };
    expect(asked(past, { decision })).toBe('fresh');
    expect(asked(past, { writes: [ago(3)] })).toBe('fresh');
  });
});

describe('a danger that is older than the watch', () => {
  const isFirst = (past: Partial<Past>, watch: Parameters<typeof isOfFirstPatrol>[1]) =>
    isOfFirstPatrol({ receivedAt: ago(0), ...past }, watch, day * 60_000);

  it('is one that was seen before the first patrol was over, or right after it', () => {
    expect(isFirst({}, { since: ago(60) })).toBe(true);
    expect(isFirst({ receivedAt: ago(10) }, { since: ago(60), firstOverAt: ago(20) })).toBe(true);
    expect(isFirst({ receivedAt: ago(4) }, { since: ago(60), firstOverAt: ago(20) })).toBe(false);
  });

  it('is none that CloudTrail saw opened since', () => {
    expect(isFirst({ opened: { at: ago(1) } }, { since: ago(60) })).toBe(false);
    expect(isFirst({ opened: { at: ago(61) } }, { since: ago(60) })).toBe(true);
  });

  it('is told by other detectors for two patrols at most, where no walk gets through', () => {
    const watch = { since: ago(2 * day + 1) };
    expect(isFirst({ detector: 'rule' }, watch)).toBe(false);
    expect(isFirst({ detector: 'patrol' }, watch)).toBe(true);
  });

  it('is told by the patrol alone where nothing is known of the place', () => {
    expect(isFirst({ detector: 'rule' }, 'unknown')).toBe(false);
    expect(isFirst({ detector: 'patrol' }, 'unknown')).toBe(true);
  });

  it('was missed where nothing was decided for over an hour', () => {
    expect(isMissed({ receivedAt: ago(60) }, now)).toBe(false);
    expect(isMissed({ receivedAt: ago(61) }, now)).toBe(true);
    expect(isMissed({ receivedAt: ago(61), standing: 'left-alone' }, now)).toBe(false);
  });
});
