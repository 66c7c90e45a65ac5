import { randomBytes } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type FindingIdentity, findingKey } from '../../../core/finding';
import { StateTooLargeError } from '../../../ledger/saved/saved-item';
import { type Attempt, SavedStates, TooManyStepsError } from '../../../ledger/saved/saved-states';
import { RecordError } from '../../../ledger/table/errors';
import type { Moto } from '../../../sandbox/moto/moto';
import { createLedgerTable, documentsOn } from '../../support/ledger-table';
import { startTestMoto } from '../../support/moto';

const tableName = 'ledger';
const now = new Date('2026-11-01T10:00:00.000Z');
const savedAt = now.toISOString();
let moto: Moto;
let documents: DynamoDBDocumentClient;
let saved: SavedStates;
let findings = 0;

beforeAll(async () => {
  moto = await startTestMoto();
  await createLedgerTable(moto.endpoint, tableName);
  documents = documentsOn(moto.endpoint);
  saved = new SavedStates(documents, tableName);
});
afterAll(async () => {
  documents.destroy();
  await moto.stop();
});

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
  await documents.send(
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
    const whole = { before, changes: [] };
    expect(await saved.history(finding, 1)).toEqual({ steps: [whole], savedAt, unfinished: [] });
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
    const steps = ['first', 'second', 'third', 'fourth'].map(step);
    expect(await saved.history(finding, 1)).toEqual({ steps, savedAt, unfinished: steps });
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
    expect(await saved.history(finding, 1)).toEqual({
      steps: [step('first')],
      savedAt,
      undoneAt: savedAt,
      unfinished: [],
    });
    await saved.saveStep(attempt(finding, 3), step('second'), now);
    expect(await saved.history(finding, 1)).toEqual({
      steps: [step('second')],
      savedAt,
      unfinished: [step('second')],
    });
  });

  it('are undone as a whole also by an attempt at a later occurrence, whose numbers begin anew', async () => {
    const finding = newFinding();
    for (const number of [1, 4]) await saved.saveStep(attempt(finding, number), step(`${number}`), now);
    await saved.saveUndone(attempt(finding, 2), now);
    expect(await saved.history(finding, 1)).toMatchObject({
      steps: [step('1'), step('4')],
      undoneAt: savedAt,
    });
  });

  it('keep the first note of an undo', async () => {
    const finding = newFinding();
    await saved.saveStep(attempt(finding, 1), step('first'), now);
    await saved.saveUndone(attempt(finding, 2), now);
    await saved.saveUndone(attempt(finding, 2), new Date('2026-11-02T10:00:00.000Z'));
    expect((await saved.history(finding, 1))?.undoneAt).toBe(savedAt);
  });

  describe('are kept', () => {
    const until = new Date('2027-11-01T10:00:00.500Z');
    /** One of each kind. */
    const saveAll = async (finding: FindingIdentity, occurrence: number) => {
      await saved.saveStep(attempt(finding, 1, occurrence), step('first'), now);
      await saved.saveStep(attempt(finding, 1, occurrence), step('second'), now);
      await saved.saveResult(attempt(finding, 1, occurrence), 1, { made: [] }, now);
      await saved.saveAfter(attempt(finding, 1, occurrence), 'left', now);
      await saved.saveUndone(attempt(finding, 2, occurrence), now);
    };
    const itemsOf = async (finding: FindingIdentity) => {
      const { Items = [] } = await documents.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: 'finding = :finding',
          ExpressionAttributeValues: { ':finding': findingKey(finding) },
          ConsistentRead: true,
        }),
      );
      return Items;
    };
    const removeAll = async (of: FindingIdentity) => {
      for (const { finding, record } of await itemsOf(of)) {
        await documents.send(new DeleteCommand({ TableName: tableName, Key: { finding, record } }));
      }
    };
    const expiries = async (finding: FindingIdentity, occurrence: number) => {
      const items = await itemsOf(finding);
      const mine = items.filter(({ record }) => String(record).split('#')[1] === `00000${occurrence}`);
      return mine.map(({ expiresAt }) => expiresAt);
    };
    const five = (value: number | undefined) => Array.from({ length: 5 }, () => value);

    it('until a time, all that belongs to one occurrence, and nothing of another', async () => {
      const finding = newFinding();
      const other = newFinding();
      for (const occurrence of [1, 2]) await saveAll(finding, occurrence);
      await saveAll(other, 1);
      await saved.keep(finding, 1, until);
      // Whole seconds, and not a moment too early.
      expect(await expiries(finding, 1)).toEqual(five(Math.floor(until.getTime() / 1000) + 1));
      expect(await expiries(finding, 2)).toEqual(five(undefined));
      expect(await expiries(other, 1)).toEqual(five(undefined));
    });

    it('without an end as long as their finding is open again', async () => {
      const finding = newFinding();
      for (const occurrence of [1, 2]) await saveAll(finding, occurrence);
      for (const occurrence of [1, 2]) await saved.keep(finding, occurrence, until);
      await saved.keep(finding, 1, undefined);
      expect(await expiries(finding, 1)).toEqual(five(undefined));
      expect(await expiries(finding, 2)).toEqual(five(Math.floor(until.getTime() / 1000) + 1));
    });

    it('as they are: what they say stays', async () => {
      const finding = newFinding();
      await saveAll(finding, 1);
      const history = await saved.history(finding, 1);
      await saved.keep(finding, 1, until);
      expect(await saved.history(finding, 1)).toEqual(history);
      await saved.keep(finding, 1, undefined);
      expect(await saved.history(finding, 1)).toEqual(history);
    });

    it.each([until, undefined])('and never written anew once they were removed: %s', async (expiry) => {
      const finding = newFinding();
      await saveAll(finding, 1);
      // DynamoDB removes them between the reading of their keys and the first write.
      const removing = documentsOn(moto.endpoint);
      removing.middlewareStack.add(
        (next, context) => async (call) => {
          if (context.commandName === 'UpdateItemCommand') await removeAll(finding);
          return next(call);
        },
        { step: 'initialize' },
      );
      await new SavedStates(removing, tableName).keep(finding, 1, expiry);
      expect(await expiries(finding, 1)).toEqual([]);
    });

    it('nowhere, where nothing was saved', async () => {
      const finding = newFinding();
      await saved.keep(finding, 1, until);
      expect(await saved.history(finding, 1)).toBeUndefined();
    });
  });

  it('are not saved without end by one attempt', async () => {
    const full = documentsOn(moto.endpoint);
    let puts = 0;
    full.middlewareStack.add(
      () => async () => {
        puts += 1;
        throw new ConditionalCheckFailedException({ message: 'It is there.', $metadata: {} });
      },
      { step: 'initialize' },
    );
    const states = new SavedStates(full, tableName);
    await expect(states.saveStep(attempt(newFinding(), 1), step('x'), now)).rejects.toThrow(
      TooManyStepsError,
    );
    expect(puts).toBe(99);
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
