import type { Stop } from '../../../ledger/limits/stop';
import { RecordError } from '../../../ledger/table/errors';
import { pausedNow } from '../../../operator/pause/paused-now';
import { hubWith } from '../fake-hub';

const stop = { scope: 'organization', reason: 'freeze', by: 'ada', at: '2026-11-23T09:00:00.000Z' };

function switchOf(stops: () => Promise<Stop[]>) {
  return hubWith({ stopSwitch: { stops }, liftedLimits: { read: async () => ({ version: 0 }) } });
}

describe('what is paused now', () => {
  it('are the pauses that have not ended', async () => {
    const over = { ...stop, scope: '333333333333', until: '2020-01-01T00:00:00.000Z' };

    expect(await pausedNow(switchOf(async () => [stop, over]))).toEqual({ stops: [stop] });
  });

  it('has the limits that are lifted now, and not those that were', async () => {
    const lifted = { fixesPerHour: 500, reason: 'incident', by: 'ada', at: stop.at, order: 'o' };
    const read = async (until: string) => ({ version: 1, lifted: { ...lifted, until } });
    const at = (until: string) =>
      pausedNow(
        hubWith({ stopSwitch: { stops: async () => [] }, liftedLimits: { read: () => read(until) } }),
      );

    const ahead = '2999-01-01T00:00:00.000Z';
    expect(await at(ahead)).toEqual({ stops: [], lifted: { ...lifted, until: ahead } });
    expect(await at('2020-01-01T00:00:00.000Z')).toEqual({ stops: [] });
  });

  it('is not known to be nothing where the switch cannot be read', async () => {
    const stops = () => Promise.reject(new RecordError('The item x cannot be understood.'));

    expect(await pausedNow(switchOf(stops))).toEqual({ unreadable: 'The item x cannot be understood.' });
  });
});
