import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { type FindingIdentity, findingKey } from '../../../core/finding';
import { TagSightings } from '../../../ledger/findings/tag-sightings';
import { RecordError } from '../../../ledger/table/errors';
import type { Moto } from '../../../sandbox/moto/moto';
import { createLedgerTable, documentsOn } from '../../support/ledger-table';
import { startTestMoto } from '../../support/moto';

const tableName = 'ledger';
const first = new Date('2026-11-23T10:00:00.000Z');
const later = (days: number) => new Date(first.getTime() + days * 24 * 60 * 60 * 1000);
let moto: Moto;
let sightings: TagSightings;
let findings = 0;

beforeAll(async () => {
  moto = await startTestMoto();
  await createLedgerTable(moto.endpoint, tableName);
  sightings = new TagSightings(documentsOn(moto.endpoint), tableName);
});
afterAll(() => moto.stop());

/** A finding that no other test has. */
const newFinding = (): FindingIdentity => ({
  accountId: '111122223333',
  region: 'eu-west-1',
  control: 's3-public-access',
  resourceType: 'AWS::S3::Bucket',
  resourceId: `bucket-${++findings}`,
});

describe('the first sight of a tag', () => {
  it('stays, however often the tag is seen', async () => {
    const finding = newFinding();
    expect(await sightings.firstSeen(finding, first)).toEqual(first);
    expect(await sightings.firstSeen(finding, later(1))).toEqual(first);
    expect(await sightings.firstSeen(finding, later(2_000))).toEqual(first);
  });

  it('is read without being noted', async () => {
    const finding = newFinding();
    expect(await sightings.read(finding)).toBeUndefined();
    expect(await sightings.firstSeen(finding, later(1))).toEqual(later(1));
    expect(await sightings.read(finding)).toEqual(later(1));
  });

  it('is one, also when two see it at the same time', async () => {
    const finding = newFinding();
    const seen = await Promise.all(
      [first, later(1), later(2)].map((now) => sightings.firstSeen(finding, now)),
    );
    expect(new Set(seen.map((time) => time.getTime())).size).toBe(1);
  });

  it('is each finding’s own', async () => {
    await sightings.firstSeen(newFinding(), first);
    expect(await sightings.firstSeen(newFinding(), later(3))).toEqual(later(3));
  });

  it.each([0, 1, 31, 364])('is not forgotten when the tag is gone after %i days', async (days) => {
    const finding = newFinding();
    await sightings.firstSeen(finding, first);
    await sightings.forget(finding, later(days));
    expect(await sightings.firstSeen(finding, later(days))).toEqual(first);
  });

  it('is forgotten when the tag is gone after a year, and the next one counts anew', async () => {
    const finding = newFinding();
    await sightings.firstSeen(finding, first);
    await sightings.forget(finding, later(365));
    expect(await sightings.firstSeen(finding, later(400))).toEqual(later(400));
  });

  it('need not be there to be forgotten', async () => {
    await expect(sightings.forget(newFinding(), first)).resolves.toBeUndefined();
  });

  it('is an error when it cannot be understood', async () => {
    const finding = newFinding();
    await documentsOn(moto.endpoint).send(
      new PutCommand({
        TableName: tableName,
        Item: { finding: findingKey(finding), record: 'tag-exemption', firstSeen: 'yesterday' },
      }),
    );
    await expect(sightings.firstSeen(finding, first)).rejects.toThrow(RecordError);
  });
});
