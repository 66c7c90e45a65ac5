import { randomBytes } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { type FindingIdentity, findingKey } from '../../../contract/finding';
import { RecordError } from '../../../hub-functions/ledger/errors';
import { StateTooLargeError } from '../../../hub-functions/ledger/saved-item';
import { type Attempt, SavedStates, TooManyStepsError } from '../../../hub-functions/ledger/saved-states';
import type { Moto } from '../../../sandbox/moto/moto';
import { createLedgerTable, documentsOn } from '../../support/ledger-table';
import { startTestMoto } from '../../support/moto';

jest.setTimeout(30_000);

const tableName = 'ledger';
const now = new Date('2026-11-01T10:00:00.000Z');
const savedAt = now.toISOString();
let moto: Moto;
let saved: SavedStates;
let findings = 0;

beforeAll(async () => {
  moto = await startTestMoto();
  await createLedgerTable(moto.endpoint, tableName);
  saved = new SavedStates(documentsOn(moto.endpoint), tableName);
});
afterAll(() => moto.stop());

/** A finding that no other test has. */
const newFinding = (): FindingIdentity => ({
  accountId: '111122223333',
  region: 'eu-west-1',
  control: 'security-group-open-ports',
  resourceType: 'AWS::EC2::SecurityGroup',
  resourceId: `sg-${String(++findings).padStart(17, '0')}`,
});
const attempt = (finding: FindingIdentity, number: number, occurrence = 1): Attempt => ({
  finding,
  occurrence,
  attempt: number,
});
const step = (before: string) => ({
  before,
  changes: [{ action: 'revoke', text: `Revoke what ${before} has.` }],
});

/** An item as it may stand in the table. */
async function put(finding: FindingIdentity, content: unknown): Promise<void> {
  await documentsOn(moto.endpoint).send(
    new PutCommand({
      TableName: tableName,
      Item: { finding: findingKey(finding), record: 'before#000001#000001#01', saved: content, savedAt },
    }),
  );
}

describe('saved states', () => {
  it('hold the largest group: a thousand rules, each with the longest description', async () => {
    const finding = newFinding();
    const before = Array.from({ length: 1_000 }, (_, index) => ({
      SecurityGroupRuleId: `sgr-${randomBytes(8).toString('hex')}`,
      GroupId: finding.resourceId,
      GroupOwnerId: finding.accountId,
      IsEgress: false,
      IpProtocol: 'tcp',
      FromPort: 22,
      ToPort: 22,
      CidrIpv4: `10.${index >> 8}.${index & 255}.0/24`,
      Description: randomBytes(127).toString('hex'),
    }));
    expect(Buffer.byteLength(JSON.stringify(before))).toBeGreaterThan(400 * 1024);

    await saved.saveStep(attempt(finding, 1), { before, changes: [] }, now);
    expect(await saved.history(finding, 1)).toEqual({ steps: [{ before, changes: [] }], savedAt });
  });

  it('say so, and save nothing, when a state is too large even compressed', async () => {
    const finding = newFinding();
    const before = randomBytes(600 * 1024).toString('base64');

    await expect(saved.saveStep(attempt(finding, 1), { before, changes: [] }, now)).rejects.toThrow(
      StateTooLargeError,
    );
    expect(await saved.history(finding, 1)).toBeUndefined();
  });

  it('come back exactly', async () => {
    const finding = newFinding();
    const before = { policy: '{"a": 1.0}', grants: [], owner: null, empty: '' };
    await saved.saveStep(attempt(finding, 1), { before, changes: [] }, now);
    expect((await saved.history(finding, 1))?.steps[0].before).toEqual(before);
  });

  it('are never overwritten: each step of an attempt is kept, in its order', async () => {
    const finding = newFinding();
    for (const before of ['first', 'second']) await saved.saveStep(attempt(finding, 1), step(before), now);
    await saved.saveStep(attempt(finding, 12), step('fourth'), now);
    await saved.saveStep(attempt(finding, 2), step('third'), now);
    expect(await saved.history(finding, 1)).toEqual({
      steps: ['first', 'second', 'third', 'fourth'].map(step),
      savedAt,
    });
  });

  it('say of each step what came of it, as far as anybody heard', async () => {
    const finding = newFinding();
    const { changes } = step('first');
    expect(await saved.saveStep(attempt(finding, 1), step('first'), now)).toBe(1);
    expect(await saved.saveStep(attempt(finding, 1), step('second'), now)).toBe(2);
    await saved.saveStep(attempt(finding, 2), step('third'), now);
    await saved.saveResult(attempt(finding, 1), 2, { made: [], unsure: true }, now);
    await saved.saveResult(attempt(finding, 2), 1, { made: changes }, now);
    await saved.saveResult(attempt(finding, 2), 1, { made: [] }, now);
    expect((await saved.history(finding, 1))?.steps).toEqual([
      step('first'),
      { ...step('second'), made: [], unsure: true },
      { ...step('third'), made: changes },
    ]);
  });

  it('belong to their occurrence', async () => {
    const finding = newFinding();
    await saved.saveStep(attempt(finding, 1, 1), step('first'), now);
    await saved.saveStep(attempt(finding, 1, 2), step('second'), now);
    expect((await saved.history(finding, 2))?.steps).toEqual([step('second')]);
    expect(await saved.history(finding, 3)).toBeUndefined();
  });

  it('tell what a fix left behind only when its last attempt was verified', async () => {
    const finding = newFinding();
    await saved.saveStep(attempt(finding, 1), step('first'), now);
    await saved.saveAfter(attempt(finding, 1), 'left', now);
    expect((await saved.history(finding, 1))?.after).toBe('left');
    await saved.saveStep(attempt(finding, 2), step('second'), now);
    expect(await saved.history(finding, 1)).not.toHaveProperty('after');
  });

  it('begin anew after an undo: what was undone is not undone again', async () => {
    const finding = newFinding();
    await saved.saveStep(attempt(finding, 1), step('first'), now);
    await saved.saveUndone(attempt(finding, 2), now);
    expect(await saved.history(finding, 1)).toEqual({ steps: [step('first')], savedAt, undoneAt: savedAt });
    await saved.saveStep(attempt(finding, 3), step('second'), now);
    expect(await saved.history(finding, 1)).toEqual({ steps: [step('second')], savedAt });
  });

  it('are not saved without end by one attempt', async () => {
    const finding = newFinding();
    for (let count = 0; count < 20; count += 1) await saved.saveStep(attempt(finding, 1), step('x'), now);
    await expect(saved.saveStep(attempt(finding, 1), step('x'), now)).rejects.toThrow(TooManyStepsError);
  });

  it.each([
    ['text', '{}'],
    ['bytes that are not compressed', Buffer.from('{}')],
    ['a number', 7],
  ])('say which item holds %s', async (_name, content) => {
    const finding = newFinding();
    await put(finding, content);
    await expect(saved.history(finding, 1)).rejects.toThrow(RecordError);
    await expect(saved.history(finding, 1)).rejects.toThrow(/before#000001#000001#01/);
  });
});
