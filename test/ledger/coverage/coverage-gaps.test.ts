import fc from 'fast-check';
import {
  type CoverageFacts,
  coverageRows,
  isMissing,
  isOverdue,
} from '../../../ledger/coverage/coverage-gaps';
import type { PlaceCoverage, TypeCoverage } from '../../../ledger/coverage/place-coverage';

const [groups, buckets, queues] = ['AWS::EC2::SecurityGroup', 'AWS::S3::Bucket', 'AWS::SQS::Queue'];
const resourceTypes = [groups, buckets, queues];
const region = 'eu-west-1';
const hour = 60 * 60_000;
const now = new Date('2026-11-23T12:00:00.000Z');
const ago = (hours: number) => new Date(now.getTime() - hours * hour).toISOString();
const place = (accountId: string) => ({ accountId, region });

/** An item that says the same of each type. */
function itemOf(accountId: string, said: TypeCoverage, since = ago(200)): PlaceCoverage {
  const types = Object.fromEntries(resourceTypes.map((type) => [type, said]));
  return { ...place(accountId), since, types };
}

const facts = (more: Partial<CoverageFacts>): CoverageFacts => ({
  places: [],
  resourceTypes,
  items: [],
  unreachable: [],
  every: 24 * hour,
  now,
  ...more,
});
const gapsOf = (item: PlaceCoverage | undefined, more: Partial<CoverageFacts> = {}) =>
  coverageRows(facts({ places: [place('1')], items: item ? [item] : [], ...more }))[0]?.gaps;
const problem = (words: string) => ({ problem: { words, at: ago(1), startedAt: ago(2) } });

const noRole = 'AccessDenied: User is not authorized to perform: sts:AssumeRole on resource: staunch-patrol';
const scp =
  'UnauthorizedOperation: You are not authorized to perform this operation with an explicit deny in a service control policy';

describe('planted gaps', () => {
  const ids = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];
  const gone = { readAt: ago(3), isLogging: false, loggedAt: ago(30) };
  const covered = { coveredAt: ago(3), resources: 1 };
  const rows = coverageRows(
    facts({
      places: ids.map((id) => ({
        ...place(id),
        ...(id === '3' && { closed: true }),
      })),
      items: [
        itemOf('1', problem(noRole)),
        itemOf('2', { ...covered, ...problem(scp) }),
        itemOf('3', problem(noRole)),
        itemOf('6', covered),
        { ...itemOf('7', covered), trail: gone },
        { ...itemOf('8', problem(noRole)), trail: gone },
        { ...itemOf('9', { ...covered, ...problem(scp) }), trail: gone },
      ],
      unreachable: [
        {
          accountId: '5',
          role: 'read',
          reason: 'It is denied.',
          errorCode: 'AccessDenied',
          since: ago(9),
          until: ago(0),
          tries: 3,
        },
      ],
    }),
  );
  const whysOf = (id: string) => rows.find(({ accountId }) => accountId === id)?.gaps.map(({ why }) => why);

  it('are all named, and none hides another', () => {
    expect(Object.fromEntries(ids.map((id) => [id, whysOf(id)]))).toEqual({
      1: ['role', 'never'],
      2: ['scp'],
      3: ['closed'],
      4: ['never'],
      5: ['role', 'never'],
      6: [],
      7: ['trail'],
      8: ['role', 'never', 'trail'],
      9: ['scp', 'trail'],
    });
  });

  it('come first, by account and Region', () => {
    expect(rows.map(({ accountId }) => accountId)).toEqual(['1', '2', '4', '5', '7', '8', '9', '3', '6']);
  });

  it('of a closed account are no missing coverage', () => {
    expect(rows.filter(isMissing).map(({ accountId }) => accountId)).toEqual([
      '1',
      '2',
      '4',
      '5',
      '7',
      '8',
      '9',
    ]);
  });
});

describe('a place', () => {
  it('is covered since the oldest patrol of its types began', () => {
    const item = itemOf('1', { coveredAt: ago(3) });
    const [row] = coverageRows(
      facts({
        places: [place('1')],
        items: [{ ...item, types: { ...item.types, [queues]: { coveredAt: ago(30) } } }],
      }),
    );
    expect(row).toEqual({ ...place('1'), since: ago(200), patrolledAt: ago(30), trail: {}, gaps: [] });
  });

  it.each([
    [31, []],
    [32, []],
    [33, ['late']],
  ])('whose patrol is %i hours old where one comes each day has these gaps: %j', (hours, whys) => {
    expect(gapsOf(itemOf('1', { coveredAt: ago(hours) }))?.map(({ why }) => why)).toEqual(whys);
  });

  it.each([
    [1, 'first-patrol', false],
    [32, 'first-patrol', false],
    [33, 'never', true],
  ])('that is watched for %i hours and was never patrolled has the gap %s', (hours, why, overdue) => {
    const items = [itemOf('1', {}, ago(hours))];
    const [row] = coverageRows(facts({ places: [place('1')], items }));
    expect(row?.gaps.map((gap) => gap.why)).toEqual([why]);
    expect(row && [isMissing(row), isOverdue(row)]).toEqual([true, overdue]);
  });

  it('names the type that a gap is about, and leaves that out where it is every type', () => {
    const item = itemOf('1', { coveredAt: ago(3) });
    const denied = {
      ...item,
      types: { ...item.types, [queues]: { coveredAt: ago(3), ...problem('Denied.') } },
    };
    expect(gapsOf(denied)).toEqual([
      { why: 'problem', words: 'Denied.', at: ago(1), resourceTypes: [queues] },
    ]);
    expect(gapsOf(itemOf('1', { coveredAt: ago(3), ...problem('Denied.') }))).toEqual([
      { why: 'problem', words: 'Denied.', at: ago(1) },
    ]);
  });

  it('is not covered of a type that no walk has spoken of', () => {
    const { [queues]: _queues, ...types } = itemOf('1', { coveredAt: ago(3) }).types;
    expect(gapsOf({ ...itemOf('1', {}), types })).toEqual([{ why: 'never', resourceTypes: [queues] }]);
  });
});

describe('a trail', () => {
  const ofTrail = (trail: PlaceCoverage['trail'], trailEventAt?: string) => {
    const item = itemOf('1', { coveredAt: ago(3) });
    const known = { ...item, ...(trail && { trail }), ...(trailEventAt !== undefined && { trailEventAt }) };
    return coverageRows(facts({ places: [place('1')], items: [known] }))[0];
  };

  it('that nobody has seen log is no gap where none logs', () => {
    expect(ofTrail({ readAt: ago(1), isLogging: false })?.gaps).toEqual([]);
    expect(ofTrail({ problem: { words: 'Denied.', at: ago(1) } })?.gaps).toEqual([]);
  });

  it('that a patrol saw log, or of which an event arrived, is gone where none logs any more', () => {
    const gap = { why: 'trail', at: ago(1) };
    expect(ofTrail({ readAt: ago(1), isLogging: false, loggedAt: ago(25) })?.gaps).toEqual([gap]);
    expect(ofTrail({ readAt: ago(1), isLogging: false }, ago(20))?.gaps).toEqual([gap]);
  });

  it('stays gone whatever event arrives until a patrol has seen one log', () => {
    expect(ofTrail({ readAt: ago(2), isLogging: false, loggedAt: ago(25) }, ago(1))?.gaps).toHaveLength(1);
    expect(ofTrail({ readAt: ago(1), isLogging: true, loggedAt: ago(1) }, ago(9))).toMatchObject({
      gaps: [],
      trail: { isLogging: true, readAt: ago(1), loggedAt: ago(1), eventAt: ago(9) },
    });
  });
});

it('whatever is known, every problem and every type without a patrol is among the gaps', () => {
  const said = fc.record(
    {
      coveredAt: fc.integer({ min: 0, max: 60 }).map(ago),
      problem: fc.constantFrom(noRole, scp, 'Denied.').map((words) => problem(words).problem),
    },
    { requiredKeys: [] },
  );
  const types = fc.record({ [groups]: said, [buckets]: said, [queues]: said }, { requiredKeys: [] });
  fc.assert(
    fc.property(types, (of) => {
      const gaps = gapsOf({ ...itemOf('1', {}), types: JSON.parse(JSON.stringify(of)) }) ?? [];
      for (const type of resourceTypes) {
        const about = gaps.filter((gap) => gap.resourceTypes?.includes(type) ?? true);
        const whys = about.map(({ why }) => why);
        const { coveredAt, problem: met } = of[type] ?? {};
        if (met) expect(about.map(({ words }) => words)).toContain(met.words);
        if (coveredAt === undefined) expect(whys).toContain('never');
        else if (coveredAt < ago(32)) expect(whys).toContain('late');
        else if (!met) expect(whys).toEqual([]);
      }
    }),
    { seed: 12, numRuns: 300 },
  );
});
