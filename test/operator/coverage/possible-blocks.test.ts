import type { PublicBlock } from '../../../core/public-block';
import { type PlaceCoverage, placeKey, type TypeCoverage } from '../../../ledger/coverage/place-coverage';
import { possibleBlocks } from '../../../operator/coverage/possible-blocks';

const accountId = '111122223333';
const regions = ['eu-west-1', 'us-east-1'];
const snapshots = 'AWS::EC2::Snapshot';
const buckets = 'AWS::S3::Bucket';
const types = [
  { type: snapshots, publicBlock: { name: 'of snapshots', of: 'region' as const } },
  { type: buckets, publicBlock: { name: 'of S3', of: 'account' as const } },
  { type: 'AWS::SQS::Queue' },
];
const off: PublicBlock = { isOn: false, closes: 0 };
const item = (region: string, known: Record<string, TypeCoverage>): PlaceCoverage => ({
  ...{ accountId, region },
  since: '2026-11-01T10:00:00.000Z',
  types: known,
});
const possibleIn = (region: string, items: PlaceCoverage[]) =>
  possibleBlocks(
    { accountId, region },
    new Map(items.map((one) => [placeKey(one), one])),
    regions,
    types,
  ).map(({ resourceType }) => resourceType);

describe('the blocks that could be turned on', () => {
  it('are those that are off where they would close nothing', () => {
    expect(possibleIn('eu-west-1', [item('eu-west-1', { [snapshots]: { block: off } })])).toEqual([
      snapshots,
    ]);
  });

  it.each([
    ['is on', { block: { isOn: true, closes: 0 } }],
    ['would close something', { block: { isOn: false, closes: 1 } }],
    ['was not read', { resources: 3 }],
    [
      'may have changed, as a later patrol was refused',
      {
        block: off,
        problem: { words: 'denied', at: '2026-11-02T10:00:00.000Z', startedAt: '2026-11-02T10:00:00.000Z' },
      },
    ],
  ])('are none where the setting %s', (_why, known: TypeCoverage) => {
    expect(possibleIn('eu-west-1', [item('eu-west-1', { [snapshots]: known })])).toEqual([]);
  });

  it('are none where nothing is known of the place', () => {
    expect(possibleIn('eu-west-1', [])).toEqual([]);
  });

  it('hold one of a whole account only where no watched Region has anything that it would close', () => {
    const [here = '', there = ''] = regions;
    const free = (region: string) => item(region, { [buckets]: { block: off } });
    const open = item(there, { [buckets]: { block: { isOn: false, closes: 1 } } });
    expect(possibleIn(here, [free(here), free(there)])).toEqual([buckets]);
    expect(possibleIn(here, [free(here), open])).toEqual([]);
    expect(possibleIn(here, [free(here)])).toEqual([]);
  });
});
