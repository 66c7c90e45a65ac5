import { randomUUID } from 'node:crypto';
import type { FindingIdentity } from '../../../core/finding';
import { ledgerTableName } from '../../../core/names';
import { pageText } from '../../docs/support/pages';
import { messageFor } from '../../support/findings';
import { operator } from '../../support/orderers';
import { lookMessage } from '../../support/trail-events';
import { Flood, inFlood } from './flood';

const day = 86_400_000;

/** What `docs/runbook.md` has an administrator write into the restored table before the hub reads it. */
function pause(at: Date): Record<string, string> {
  const [, text = ''] =
    /put-item --table-name staunch-ledger-restored --item '([\s\S]*?\n {3}\})'/.exec(
      pageText('docs/runbook.md'),
    ) ?? [];
  const written: Record<string, { S: string }> = JSON.parse(
    text.replace(/'\$\(date[^)]*\)'/, at.toISOString()),
  );
  return Object.fromEntries(Object.entries(written).map(([name, { S }]) => [name, S]));
}

async function order(flood: Flood, request: object) {
  const reply = await flood.hub.order({ version: 2, key: randomUUID(), ...request }, operator);
  return reply?.body;
}

function rest(flood: Flood, kind: 'undo' | 'exempt', finding: FindingIdentity, occurrence: number) {
  const until = new Date(flood.aws.clock.milliseconds + day).toISOString();
  return order(flood, { order: kind, finding, occurrence, reason: 'It is needed', until });
}

it('a ledger that went back in time fixes nothing before resume; then nothing twice, and loses no danger', async () => {
  const flood = new Flood({ real: 4, forged: 0 });
  const [undone, retried, fresh, held] = flood.real;
  if (!undone || !retried || !fresh || !held) throw new Error('There are too few findings.');
  const { aws } = flood;
  const states = () => flood.real.map((finding) => Object.keys(flood.statesOf([finding])).join());
  await inFlood(flood, async () => {
    aws.sts.isRefused = (accountId) => accountId === retried.accountId;
    for (const finding of [undone, retried]) await flood.hub.message(messageFor(finding));
    expect(states()).toEqual(['fixed', 'held for account', 'none', 'none']);
    const point = aws.dynamoDb.items(ledgerTableName);

    // All that the restored ledger does not know.
    expect(await rest(flood, 'undo', undone, 1)).toMatchObject({ done: true });
    aws.sts.isRefused = () => false;
    expect(await order(flood, { order: 'retry', finding: retried, occurrence: 1 })).toMatchObject({
      done: true,
    });
    await flood.hub.message(messageFor(fresh));
    await flood.turns(2);
    await order(flood, { order: 'pause', scope: 'organization', reason: 'Incident' });
    await flood.hub.message(messageFor(held));
    expect(states()).toEqual(['undone', 'fixed', 'fixed', 'held for stop']);

    aws.dynamoDb.restore(ledgerTableName, [...point, pause(aws.clock.now())]);
    flood.deploy({});
    await flood.turns(3);
    // A patrol of everything.
    for (const finding of flood.real) await flood.hub.message(lookMessage(finding));
    await flood.hub.goOn(120);
    await flood.turns(8);
    expect(flood.touched).toEqual(new Set());
    expect(await rest(flood, 'exempt', undone, 2)).toMatchObject({ done: true });

    expect(await order(flood, { order: 'resume', scope: 'organization' })).toMatchObject({ done: true });
    await flood.turns(8);
    expect(states()).toEqual(['exempt', 'already-compliant', 'none', 'fixed']);
    expect(flood.touched).toEqual(new Set([held.resourceId]));
    // What was saved of a fix is no part of the ledger: it can still be undone, where the ledger knows the finding.
    expect(await rest(flood, 'undo', retried, 1)).toMatchObject({
      done: true,
      changes: [expect.any(String)],
    });
    expect(await rest(flood, 'undo', fresh, 1)).toMatchObject({ done: false });
  });
});
