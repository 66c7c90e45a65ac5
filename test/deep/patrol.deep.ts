import { accountsInPattern } from '../../bench/patrol/accounts';
import { walkAll } from '../../bench/patrol/walk-all';

/** What a process remembers is loaded once, or as often as processes begin at the same time. */
const remembered = 'DynamoDB Query';

it('a patrol takes twice the calls for twice the accounts, so that more can be told by fewer', async () => {
  const [once, twice] = [await walkAll(accountsInPattern), await walkAll(2 * accountsInPattern)];
  for (const [name, count] of once.calls) {
    if (name !== remembered) expect([name, twice.calls.get(name)]).toEqual([name, 2 * count]);
  }
}, 600_000);
