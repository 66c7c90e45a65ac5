import { outage, switchOn } from '../faults/floods/thaws';

it(
  'fixes none of 500 findings that a switched-on flag finds open before they are thawed, and exactly those then',
  () => switchOn(500),
  600_000,
);

it(
  'fixes none of 300 findings that waited for an hour on the queue before they are thawed',
  () => outage(300),
  600_000,
);
