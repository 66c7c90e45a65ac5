import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { ledgerTableName } from '../../core/names';
import { ledgerDocuments } from '../../ledger/table/documents';
import { randomFrom } from './random';
import { awsWithLedger } from './support';
import { inRandomOrder } from './turns';

const documents = ledgerDocuments({ region: 'eu-west-1' });

/** The order in which three invocations side by side make four calls each. */
async function orderWith(seed: number | undefined): Promise<string> {
  const aws = awsWithLedger(seed === undefined ? {} : { choose: inRandomOrder(randomFrom(seed)) });
  const restore = aws.install();
  try {
    const work = (name: string) => async () => {
      for (const record of ['1', '2', '3', '4']) {
        await documents.send(new PutCommand({ TableName: ledgerTableName, Item: { finding: name, record } }));
        if (record === '2') await aws.clock.pause(1_000);
      }
    };
    await Promise.all(['a', 'b', 'c'].map((name) => aws.run(name, 60_000, work(name)).ended));
  } finally {
    restore();
  }
  return aws.calls.made.map(({ invocation: { name } }) => name).join('');
}

describe('invocations side by side', () => {
  it('take turns in the order of the seed, the same each time', async () => {
    for (const seed of [1, 2, 3]) expect(await orderWith(seed)).toBe(await orderWith(seed));
  });

  it('take turns in many orders', async () => {
    const orders = new Set<string>();
    for (let seed = 0; seed < 50; seed += 1) orders.add(await orderWith(seed));
    expect(orders.size).toBeGreaterThan(40);
  });

  it('each make their calls in their own order, whatever the seed', async () => {
    expect([...(await orderWith(7))].sort().join('')).toBe('aaaabbbbcccc');
  });

  it('go on at once without one', async () => {
    expect(await orderWith(undefined)).toBe('abcabcabcabc');
  });
});
