import { states } from '../../core/states';
import { assemble, propertiesOf, resourcesOf, stackTemplate } from './support/assemble';

interface Widget {
  type: string;
  properties: { title: string; query?: string; metrics?: unknown[][] };
}

/** The widgets, with what is known only at deployment left out. */
async function widgets(): Promise<Widget[]> {
  const hub = stackTemplate(await assemble('approval'), 'staunch-hub');
  const { DashboardBody } = propertiesOf(hub, 'AWS::CloudWatch::Dashboard', 'DashboardName', 'staunch');
  const { 'Fn::Join': joined } = DashboardBody as { 'Fn::Join': [string, unknown[]] };
  const text = joined[1].map((part) => (typeof part === 'string' ? part : 'later')).join('');
  return (JSON.parse(text) as { widgets: Widget[] }).widgets;
}

describe("the hub's dashboard", () => {
  it('shows what stands open, how long, what was fixed, what fails, what waits, and what is not deployed', async () => {
    expect((await widgets()).map(({ properties }) => properties.title)).toEqual([
      'Open findings, by state and severity',
      'Seconds from a finding to its verified fix',
      'Fixes and undos',
      'Failures',
      'Seconds that the oldest message waits',
      'Errors of functions',
      'Stacks of members that are not as they should be',
      'Accounts in Regions that are not covered',
    ]);
  });

  it('counts every open state, and no other', async () => {
    const query = (await widgets()).find(({ type }) => type === 'log')?.properties.query ?? '';
    for (const [state, { open }] of Object.entries(states)) expect(query.includes(`"${state}"`)).toBe(open);
  });

  it('has a metric filter for each metric of its own', async () => {
    const hub = stackTemplate(await assemble('approval'), 'staunch-hub');
    const made = resourcesOf(hub, 'AWS::Logs::MetricFilter').map(([, { Properties = {} }]) => {
      const [transformation] = Properties.MetricTransformations as { MetricName: string }[];
      return transformation?.MetricName;
    });
    const shown = (await widgets()).flatMap(({ properties }) =>
      (properties.metrics ?? []).filter(([namespace]) => namespace === 'Staunch').map(([, name]) => name),
    );
    expect([...new Set(shown)].sort()).toEqual(['FailedStacks', 'Reports', 'SecondsOpen', 'Uncovered']);
    for (const name of shown) expect(made).toContain(name);
  });
});
