import { randomBytes } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { FindingIdentity } from '../../../contract/finding';
import { RecordError } from '../../../hub-functions/ledger/errors';
import { type Attempt, SavedStates, StateTooLargeError } from '../../../hub-functions/ledger/saved-states';
import type { Moto } from '../../../sandbox/moto/moto';
import { createLedgerTable, documentsOn } from '../../support/ledger-table';
import { startTestMoto } from '../../support/moto';

jest.setTimeout(30_000);

const tableName = 'ledger';
const now = new Date('2026-11-01T10:00:00.000Z');
const finding: FindingIdentity = {
  accountId: '111122223333',
  region: 'eu-west-1',
  control: 'security-group-open-ports',
  resourceType: 'AWS::EC2::SecurityGroup',
  resourceId: 'sg-0123456789abcdef0',
};
let moto: Moto;
let saved: SavedStates;
let attempts = 0;

beforeAll(async () => {
  moto = await startTestMoto();
  await createLedgerTable(moto.endpoint, tableName);
  saved = new SavedStates(documentsOn(moto.endpoint), tableName);
});
afterAll(() => moto.stop());

/** An attempt that no other test has. */
const newAttempt = (): Attempt => ({ finding, occurrence: 1, attempt: ++attempts });

/** An item as it may stand in the table. */
async function put(attempt: number, before: unknown): Promise<void> {
  await documentsOn(moto.endpoint).send(
    new PutCommand({
      TableName: tableName,
      Item: {
        finding: '111122223333#eu-west-1#security-group-open-ports#sg-0123456789abcdef0',
        record: `before#000001#${String(attempt).padStart(3, '0')}`,
        before,
        savedAt: now.toISOString(),
      },
    }),
  );
}

describe('saved states', () => {
  it('hold the largest group: a thousand rules, each with the longest description', async () => {
    const of = newAttempt();
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

    expect(await saved.save(of, before, now)).toBe('saved');
    expect(await saved.read(of)).toEqual({ before, savedAt: now.toISOString() });
  });

  it('say so, and save nothing, when a state is too large even compressed', async () => {
    const of = newAttempt();
    const before = randomBytes(600 * 1024).toString('base64');

    await expect(saved.save(of, before, now)).rejects.toThrow(StateTooLargeError);
    expect(await saved.read(of)).toBeUndefined();
  });

  it('are read also where they were saved as text', async () => {
    const of = newAttempt();
    await put(of.attempt, '{"policy":"{\\"a\\": 1.0}","owner":null}');

    expect(await saved.read(of)).toEqual({
      before: { policy: '{"a": 1.0}', owner: null },
      savedAt: now.toISOString(),
    });
  });

  it.each([
    ['text that is not JSON', '{'],
    ['bytes that are not compressed', Buffer.from('{}')],
    ['neither', 7],
  ])('say which item holds %s', async (_name, before) => {
    const of = newAttempt();
    await put(of.attempt, before);

    await expect(saved.read(of)).rejects.toThrow(RecordError);
  });
});
