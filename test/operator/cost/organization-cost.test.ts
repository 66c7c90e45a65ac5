import fc from 'fast-check';
import { recorderModes } from '../../../config/recorder';
import { states } from '../../../core/states';
import { hubCosts, hubParts } from '../../../operator/cost/hub-costs';
import { accountCost, organizationCost } from '../../../operator/cost/organization-cost';
import { dollarsOf } from '../../../operator/cost/unit-prices';
import { assemble, resourcesOf, stackTemplate } from '../../infra/support/assemble';

describe('what an organization pays', () => {
  it('is least without a recorder, and most with one of its own', () => {
    const [own, existing, none] = recorderModes.map((mode) => accountCost(mode, 2).member);
    expect(own).toBeGreaterThan(existing ?? 0);
    expect(existing).toBeGreaterThan(none ?? 0);
    expect(none).toBeGreaterThan(0);
  });

  it('is the sum of its accounts, and of a hub that costs the same for any number', () => {
    const count = fc.nat({ max: 10_000 });
    const regions = fc.integer({ min: 1, max: 20 });
    fc.assert(
      fc.property(count, count, count, regions, (own, existing, none, watched) => {
        const cost = organizationCost({ own, existing, none }, watched);
        const alone = organizationCost({ own: 0, existing: 0, none: 0 }, watched);
        const accounts = [
          accountCost('own', watched),
          accountCost('existing', watched),
          accountCost('none', watched),
        ];
        const [first = 0, second = 0, third = 0] = accounts.map(({ member, hub }) => member + hub);
        const sum = own * first + existing * second + none * third;
        expect(cost.total).toBeCloseTo(alone.total + sum, 4);
        expect(alone.total).toBe(cost.hubItself);
      }),
      { seed: 14, numRuns: 50 },
    );
  });

  it('grows with the Regions by what the patrol walks alone', () => {
    const of = (regions: number) => accountCost('none', regions).hub;
    expect(of(4) - of(2)).toBeCloseTo(of(6) - of(4), 12);
    expect(of(4)).toBeGreaterThan(of(2));
  });
});

describe('what the hub costs by itself', () => {
  it("is counted in the hub's template", async () => {
    const hub = stackTemplate(await assemble('approval'), 'staunch-hub');
    const count = (type: string) => resourcesOf(hub, type).length;
    const rates = resourcesOf(hub, 'AWS::Events::Rule').flatMap(([, { Properties }]) => {
      const expression = String(Properties?.ScheduleExpression ?? '');
      const [, number = '', unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
      const minutes = { minute: 1, hour: 60, day: 1_440 }[unit ?? ''];
      return minutes === undefined ? [] : [Number(number) * minutes];
    });
    expect({
      polledQueues: count('AWS::Lambda::EventSourceMapping'),
      alarms: count('AWS::CloudWatch::Alarm'),
      dashboards: count('AWS::CloudWatch::Dashboard'),
      metrics: hubParts.metrics,
      encryptionKeys: count('AWS::KMS::Key'),
      secrets: count('AWS::SecretsManager::Secret'),
      schedules: rates.sort((one, other) => one - other),
    }).toEqual(hubParts);
  });

  it('has at most so many metrics of its own', async () => {
    const hub = stackTemplate(await assemble('approval'), 'staunch-hub');
    const made = resourcesOf(hub, 'AWS::Logs::MetricFilter').map(([, { Properties }]) => {
      const [{ Dimensions = [] } = {}] = (Properties?.MetricTransformations ?? []) as {
        Dimensions?: object[];
      }[];
      return Dimensions.length === 0 ? 1 : Object.keys(states).length;
    });
    expect(made.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(hubParts.metrics);
  });

  it('has a price for each unit', () => {
    for (const line of hubCosts()) expect(dollarsOf(line)).toBeGreaterThan(0);
  });
});
