import fc from 'fast-check';
import { type CoverageAnswer, type PlaceCoverage, withAnswer } from '../../../ledger/coverage/place-coverage';

const type = 'AWS::S3::Bucket';
const other = 'AWS::SQS::Queue';
const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 10, minute)).toISOString();

type Known = Pick<PlaceCoverage, 'since' | 'types'>;
const knownAfter = (...answers: CoverageAnswer[]): Known | undefined =>
  answers.reduce<Known | undefined>(withAnswer, undefined);
const bucketAfter = (...answers: CoverageAnswer[]) => knownAfter(...answers)?.types[type];

const covered = (startedAt: string, resources = 1): CoverageAnswer => ({
  startedAt,
  at: at(59),
  covered: [{ type, resources }],
});
const denied = (startedAt: string, words = 'AccessDenied'): CoverageAnswer => ({
  startedAt,
  at: at(58),
  notCovered: [{ type, words }],
});

describe('what is known of a resource type', () => {
  it('is covered since its walks began, not since they ended', () => {
    expect(bucketAfter(covered(at(1), 7))).toEqual({ coveredAt: at(1), firstOverAt: at(59), resources: 7 });
  });

  it('is not covered by walks that only began', () => {
    expect(bucketAfter({ startedAt: at(1), at: at(1), begun: [type] })).toEqual({ startedAt: at(1) });
  });

  it('tells when a walker was sent out, until a later walk covers it', () => {
    const sent = { startedAt: at(1), at: at(2), begun: [type], walkedAt: at(2) };
    expect(bucketAfter(sent)).toEqual({ startedAt: at(1), walkedAt: at(2) });
    expect(bucketAfter(sent, covered(at(3)))).toEqual({
      coveredAt: at(3),
      firstOverAt: at(59),
      resources: 1,
    });
  });

  it('keeps the latest request that waits, and of two of a time the one that waits longer', () => {
    const asks = (asked: string, until: string) => ({
      startedAt: at(0),
      at: at(0),
      asked: [{ type, at: asked, until }],
    });
    const known = bucketAfter(asks(at(2), at(5)), asks(at(2), at(6)), asks(at(1), at(9)));
    expect(known).toEqual({ asked: { at: at(2), until: at(6) } });
  });

  it('holds what the latest walk reported, and no more once a later one reports nothing', () => {
    const deputies = [{ control: 'sqs-public-policy', count: 1, named: ['orders'] }];
    const reported = { startedAt: at(1), at: at(2), covered: [{ type, resources: 1, deputies }] };
    expect(bucketAfter(reported)).toMatchObject({ deputies });
    expect(bucketAfter(reported, covered(at(3)))).not.toHaveProperty('deputies');
  });

  it('holds the setting that the latest walk read', () => {
    const read = (time: string, isOn: boolean) => ({
      startedAt: time,
      at: at(59),
      covered: [{ type, resources: 0, block: { isOn, closes: 0 } }],
    });
    expect(bucketAfter(read(at(3), true), read(at(1), false))?.block).toEqual({ isOn: true, closes: 0 });
  });

  it('is not covered by a walk that covered another type', () => {
    const answer = {
      startedAt: at(1),
      at: at(1),
      begun: [type, other],
      covered: [{ type: other, resources: 0 }],
    };
    expect(bucketAfter(answer)).toEqual({ startedAt: at(1) });
  });

  it('keeps what was covered when a later walk is denied', () => {
    expect(bucketAfter(covered(at(1)), denied(at(2)))).toEqual({
      startedAt: at(2),
      coveredAt: at(1),
      firstOverAt: at(59),
      resources: 1,
      problem: { words: 'AccessDenied', at: at(58), startedAt: at(2) },
    });
  });

  it('has no problem any more when a later walk covered it', () => {
    expect(bucketAfter(denied(at(1)), covered(at(2)))).toEqual({
      coveredAt: at(2),
      firstOverAt: at(59),
      resources: 1,
    });
  });

  it('has none either when a walk of the same chain covered it', () => {
    expect(bucketAfter(denied(at(1)), covered(at(1)))).toEqual({
      coveredAt: at(1),
      firstOverAt: at(59),
      resources: 1,
    });
  });

  it('keeps a problem that an older walk, which ends late, did not have', () => {
    const known = bucketAfter(denied(at(2)), covered(at(1)));
    expect(known).toMatchObject({ coveredAt: at(1), problem: { startedAt: at(2) } });
  });

  it('does not go back when an older walk ends late', () => {
    expect(bucketAfter(covered(at(5), 7), covered(at(1), 3), denied(at(2)))).toEqual({
      coveredAt: at(5),
      firstOverAt: at(59),
      resources: 7,
    });
  });

  it('keeps when the first walks were over, in whatever order it is told', () => {
    const first = { ...covered(at(1)), at: at(10) };
    const second = { ...covered(at(20)), at: at(30) };
    for (const known of [bucketAfter(first, second), bucketAfter(second, first)]) {
      expect(known).toEqual({ coveredAt: at(20), firstOverAt: at(10), resources: 1 });
    }
  });

  it('takes a walk for over of which an earlier version kept no end', () => {
    const known = { since: at(0), types: { [type]: { coveredAt: at(1), resources: 1 } } };
    expect(withAnswer(known, covered(at(20))).types[type]).toMatchObject({ firstOverAt: at(1) });
  });

  it('keeps a bounded part of AWS’s words', () => {
    expect(bucketAfter(denied(at(1), 'x'.repeat(10_000)))?.problem?.words).toHaveLength(300);
  });

  it('is no other object’s property', () => {
    const answer = { startedAt: at(1), at: at(1), covered: [{ type: 'constructor', resources: 1 }] };
    expect(knownAfter(answer)?.types.constructor).toEqual({
      coveredAt: at(1),
      firstOverAt: at(1),
      resources: 1,
    });
  });
});

const count = (count: number) => ({ control: 'sqs-public-policy', count, named: ['orders'] });

const answers: fc.Arbitrary<CoverageAnswer> = fc.record({
  startedAt: fc.integer({ min: 0, max: 4 }).map(at),
  at: fc.integer({ min: 5, max: 9 }).map(at),
  begun: fc.subarray([type, other]),
  walkedAt: fc.integer({ min: 0, max: 6 }).map(at),
  asked: fc.subarray([type, other]).chain((types) =>
    fc.tuple(
      ...types.map((each) =>
        fc.record({
          type: fc.constant(each),
          at: fc.integer({ min: 0, max: 4 }).map(at),
          until: fc.integer({ min: 5, max: 9 }).map(at),
        }),
      ),
    ),
  ),
  covered: fc.subarray([type, other]).chain((types) =>
    fc.tuple(
      ...types.map((each) =>
        fc.record(
          {
            type: fc.constant(each),
            resources: fc.nat(3),
            deputies: fc.constantFrom(1, 2).map((many) => [count(many)]),
            block: fc.record({ isOn: fc.boolean(), closes: fc.nat(1) }),
          },
          { requiredKeys: ['type', 'resources'] },
        ),
      ),
    ),
  ),
  notCovered: fc
    .subarray([type, other])
    .chain((types) =>
      fc.tuple(
        ...types.map((each) => fc.record({ type: fc.constant(each), words: fc.constantFrom('a', 'b') })),
      ),
    ),
});
const several = fc.array(answers, { minLength: 1, maxLength: 6 });

describe('answers', () => {
  it('say the same in any order, and however often they come', () => {
    const inOrders = several.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray([...list, ...list], { minLength: list.length * 2 })),
    );
    fc.assert(
      fc.property(inOrders, ([list, again]) => {
        expect(knownAfter(...again)).toEqual(knownAfter(...list));
      }),
      { seed: 12, numRuns: 500 },
    );
  });

  it('never claim what none of them covered, nor move back what one did', () => {
    fc.assert(
      fc.property(several, (list) => {
        const latest = list
          .filter((answer) => answer.covered?.some((each) => each.type === type))
          .map(({ startedAt }) => startedAt)
          .sort()
          .at(-1);
        expect(bucketAfter(...list)?.coveredAt).toBe(latest);
      }),
      { seed: 12, numRuns: 500 },
    );
  });
});
