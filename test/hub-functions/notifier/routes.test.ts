import type { CompiledPolicy } from '../../../config/compiled';
import type { AccountPlace } from '../../../config/place';
import { channelsOf } from '../../../hub-functions/notifier/routes';
import { accounts } from '../../support/findings';
import { testReport } from './events';
import { slackPolicy } from './support/channel-world';

const place: AccountPlace = {
  accountId: accounts.on,
  name: 'payments-prod',
  sameName: 1,
  path: [
    { id: 'ou-abcd-11111111', name: 'Prod' },
    { id: 'ou-abcd-22222222', name: 'Workloads' },
    { id: 'r-abcd' },
  ],
};
const central = slackPolicy.slack.channel;

function channels(
  routes: Omit<CompiledPolicy['slack']['routes'][number], 'source'>[],
  { where = place, tags }: { where?: AccountPlace | undefined; tags?: Record<string, string> } = {},
): string[] {
  const policy = {
    ...slackPolicy,
    slack: {
      ...slackPolicy.slack,
      routes: routes.map((route) => ({ ...route, source: 'organization.yaml:9' })),
    },
  };
  return channelsOf({ finding: testReport.finding, ...(tags && { tags }) }, where, policy);
}

describe('a finding', () => {
  it('is told in the central channel, whatever the routes say', () => {
    expect(channels([])).toEqual([central]);
    expect(channels([{ channel: 'C1', where: { accounts: ['999999999999'] } }])).toEqual([central]);
  });

  it.each([
    ['its account by id', { accounts: [accounts.on] }],
    ['its account by name', { accounts: ['payments-prod'] }],
    ['its unit by id', { organizationalUnits: ['ou-abcd-11111111'] }],
    ['its unit by path', { organizationalUnits: ['/Workloads/Prod'] }],
    ['a unit above it', { organizationalUnits: ['/Workloads'] }],
    ['one of several', { organizationalUnits: ['/Other', '/Workloads'], accounts: ['999999999999'] }],
  ])('is told in the channel of a route that names %s', (_what, where) => {
    expect(channels([{ channel: 'C1', where }])).toEqual([central, 'C1']);
  });

  it('needs every tag of a route, each with that very value', () => {
    const routes = [{ channel: 'C1', tags: { team: 'payments', tier: '1' } }];
    expect(channels(routes, { tags: { team: 'payments', tier: '1', more: 'x' } })).toEqual([central, 'C1']);
    expect(channels(routes, { tags: { team: 'payments', tier: '2' } })).toEqual([central]);
    expect(channels(routes, { tags: { team: 'payments' } })).toEqual([central]);
    expect(channels([{ channel: 'C1', tags: { constructor: 'x' } }], { tags: {} })).toEqual([central]);
  });

  it('needs the place and the tags of a route that names both', () => {
    const routes = [{ channel: 'C1', where: { accounts: [accounts.on] }, tags: { team: 'payments' } }];
    expect(channels(routes, { tags: { team: 'payments' } })).toEqual([central, 'C1']);
    expect(channels(routes)).toEqual([central]);
  });

  it('is told once in each channel', () => {
    const where = { accounts: [accounts.on] };
    const routes = [
      { channel: 'C1', where },
      { channel: 'C1', where },
      { channel: central, where },
    ];
    expect(channels(routes)).toEqual([central, 'C1']);
  });

  it.each([
    ['not known', undefined],
    ['not known up to the root', { accountId: accounts.on, path: [] }],
  ])('of an account whose place is %s goes by the account’s id and by tags', (_what, where) => {
    const routes = [
      { channel: 'C1', where: { accounts: [accounts.on] } },
      { channel: 'C2', where: { organizationalUnits: ['/Workloads'] } },
      { channel: 'C3', tags: { team: 'payments' } },
    ];
    const policy = {
      ...slackPolicy,
      slack: {
        ...slackPolicy.slack,
        routes: routes.map((route) => ({ ...route, source: 'organization.yaml:9' })),
      },
    };
    const report = { finding: testReport.finding, tags: { team: 'payments' } };
    expect(channelsOf(report, where, policy)).toEqual([central, 'C1', 'C3']);
  });
});
