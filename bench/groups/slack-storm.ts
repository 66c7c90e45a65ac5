import { storm } from '../../test/hub-functions/notifier/support/storm';
import type { MeasurementGroup } from '../measurement';

const findings = 2_000;

/**
 * A storm in one channel: the real notifier and poster over a ledger and a Slack in memory, on a virtual clock. Slack takes a message a
 * second and 50 changes a minute, each call 150 ms; a call to DynamoDB takes one. Posts and seconds are the same on each machine.
 */
export const slackStorm: MeasurementGroup = {
  title: `Slack, ${findings.toLocaleString('en-US')} findings within a minute`,
  takes: 'seconds',
  async measure({ progress }) {
    progress(`Telling a channel of ${findings} findings on a virtual clock …`);
    const { world, posts, updates, seconds, processorSeconds } = await storm(findings);
    const calls = Object.values(world.tables.calls).reduce((sum, count) => sum + count, 0);
    return [
      {
        name: 'posts',
        value: posts,
        unit: 'posts',
        better: 'lower',
        limit: 60,
        beside: `${updates} changes of messages, ${world.slack.calls.limited} limited`,
      },
      {
        name: 'first finding to the final state shown',
        value: seconds,
        unit: 's',
        better: 'lower',
        limit: 180,
        beside: `two reports of each finding; and ${processorSeconds.toFixed(1)} s of CPU here`,
      },
      {
        name: 'calls to DynamoDB a finding',
        value: calls / findings,
        unit: 'calls',
        better: 'lower',
        beside: `${calls.toLocaleString('en-US')} in all`,
      },
    ];
  },
};
