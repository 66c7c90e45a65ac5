import { DeputyDigests, deputyNews } from '../../../../hub-functions/coordinator/telling/deputy-digests';
import type { PlaceCoverage } from '../../../../ledger/coverage/place-coverage';
import { ToldCoverageStore } from '../../../../ledger/told/told-coverage';
import { MemoryTables } from '../../../support/memory-documents';

const now = new Date('2026-11-27T10:00:00Z');
const accountId = '222222222222';

function placed(region: string, named: string[], count = named.length): PlaceCoverage {
  const deputies = count === 0 ? [] : [{ control: 'sqs-public-policy', count, named }];
  return { accountId, region, since: now.toISOString(), types: { 'AWS::SQS::Queue': { deputies } } };
}

describe('the digest of confused deputies', () => {
  it('is one for an account, with each Region', () => {
    const { given } = deputyNews([placed('eu-west-1', ['orders']), placed('us-east-1', ['a', 'b'])], [], now);

    expect(given).toHaveLength(1);
    expect(given[0]?.title).toBe(`Account ${accountId}: 3 policies let in a service for anybody`);
    expect(given[0]?.text).toContain(
      '1 sqs-public-policy in eu-west-1 (orders); 2 sqs-public-policy in us-east-1 (a, b)',
    );
  });

  it('is told once, and again when it is another', () => {
    const first = deputyNews([placed('eu-west-1', ['orders'])], [], now);
    expect(deputyNews([placed('eu-west-1', ['orders'])], first.known, now).given).toEqual([]);
    expect(deputyNews([placed('eu-west-1', ['invoices'])], first.known, now).given).toHaveLength(1);
  });

  it('is not told of an account without any, and told anew when there are some again', () => {
    const first = deputyNews([placed('eu-west-1', ['orders'])], [], now);
    const none = deputyNews([placed('eu-west-1', [])], first.known, now);
    expect(none).toEqual({ given: [], known: [] });
    expect(deputyNews([placed('eu-west-1', ['orders'])], none.known, now).given).toHaveLength(1);
  });

  it('names some, and counts the others', () => {
    const names = ['a', 'b', 'c', 'd'];
    expect(deputyNews([placed('eu-west-1', names, 4_000)], [], now).given[0]?.text).toContain(
      '(a, b, c, and 3997 more)',
    );
  });

  it('shows no control characters of a name, and cuts it', () => {
    const hostile = `\u001b[31mred\u202e${'x'.repeat(300)}`;
    const text = deputyNews([placed('eu-west-1', [hostile])], [], now).given[0]?.text ?? '';
    expect(text).not.toMatch(/[\p{C}]/u);
    expect(text.length).toBeLessThan(600);
  });

  it('is remembered by the next process', async () => {
    const given: string[] = [];
    const documents = new MemoryTables().documents();
    const newDigests = () =>
      new DeputyDigests({
        told: new ToldCoverageStore(documents, 'ledger', 'deputies'),
        notices: { give: async ({ noticeId }) => Boolean(given.push(noticeId)) },
        now: () => now,
      });
    await newDigests().tell([placed('eu-west-1', ['orders'])]);
    await newDigests().tell([placed('eu-west-1', ['orders'])]);
    expect(given).toHaveLength(1);
  });
});
