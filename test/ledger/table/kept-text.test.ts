import { DoctorGaps } from '../../../ledger/told/doctor-gaps';
import { StackFailures } from '../../../ledger/told/stack-failures';
import { ToldCoverageStore } from '../../../ledger/told/told-coverage';
import { MemoryTables } from '../../support/memory-documents';

const table = 'ledger';
const at = new Date('2026-11-27T20:00:00Z');
const accountOf = (index: number) => String(300_000_000_000 + index);
/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const longestItem = 400 * 1_024;

/** A table, and how large the largest item is that was put into it. */
function measured() {
  const documents = new MemoryTables().documents();
  let largest = 0;
  const send = documents.send.bind(documents) as (command: { input: { Item?: object } }) => Promise<unknown>;
  const measuring = {
    send: (command: { input: { Item?: object } }) => {
      largest = Math.max(largest, Buffer.byteLength(Object.values(command.input.Item ?? {}).join('')));
      return send(command);
    },
  } as unknown as typeof documents;
  return { documents: measuring, largest: () => largest };
}

describe('what is kept of many things in one item', () => {
  it('fits where a thousand stacks have failed while as many are under way, in words of many bytes', async () => {
    const { documents, largest } = measured();
    const failures = new StackFailures(documents, table);
    const stacks = Array.from({ length: 1_000 }, (_, index) => ({
      ...{ stackSet: 'staunch-remediation-accounts-pilot', accountId: accountOf(index) },
      ...{ region: 'ap-southeast-1', reason: '可'.repeat(300), inoperableIn: 'ou-abcd-11111111' },
    }));

    await failures.write(stacks, stacks, at);
    expect(largest()).toBeLessThan(longestItem);
    const seen = await failures.read();
    expect(seen?.isWhole).toBe(false);
    expect(seen?.failed[0]?.accountId).toBe(accountOf(0));
  });

  it('fits where the doctor found a thousand gaps, in words of many bytes', async () => {
    const { documents, largest } = measured();
    const gaps = new DoctorGaps(documents, table);
    const found = Array.from({ length: 1_000 }, (_, index) => ({
      ...{ check: 'recorder', accountId: accountOf(index), region: 'ap-southeast-1', text: '可'.repeat(300) },
    }));

    await gaps.write(found, at);
    expect(largest()).toBeLessThan(longestItem);
    expect((await gaps.read())?.isWhole).toBe(false);
    await gaps.write(found.slice(0, 10), at);
    expect(await gaps.read()).toMatchObject({ isWhole: true, gaps: { length: 10 } });
  });

  it('holds each place of a thousand accounts in 17 Regions of which people were told', async () => {
    const { documents, largest } = measured();
    const told = new ToldCoverageStore(documents, table);
    const missing = Array.from({ length: 17_000 }, (_, index) =>
      [accountOf(7_919 * Math.floor(index / 17)), `region-southeast-${index % 17}`].join('#'),
    );

    await told.write({ checkedAt: at.toISOString(), missing });
    expect(largest()).toBeLessThan(longestItem);
    expect((await told.read())?.missing).toEqual(missing);
    await told.write({ checkedAt: at.toISOString(), missing: missing.slice(0, 3) });
    expect((await told.read())?.missing).toEqual(missing.slice(0, 3));
  });
});
