import { patrolMegabytes } from '../../../config/concurrency';
import { type RecorderMode, recorderModes } from '../../../config/recorder';
import { functionNames, stackSetName } from '../../../core/names';
import type { Assembly } from '../../../infra/assembly';
import { assumed, countedDay } from '../../../operator/cost/counted-day';
import {
  activity,
  type CostLine,
  detectorCosts,
  patrolOfHundred,
} from '../../../operator/cost/detector-costs';
import { hubCosts, hubParts } from '../../../operator/cost/hub-costs';
import { accountCost } from '../../../operator/cost/organization-cost';
import { prices } from '../../../operator/cost/unit-prices';
import { expectedAccounts } from '../../../operator/doctor/expected-accounts';
import { assemble, memberTemplate, resourcesOf } from '../../infra/support/assemble';
import {
  accounts,
  plantedOrganization,
  policyOf,
  policyText,
} from '../doctor/organization/planted-organization';
import { type Day, simulatedDay } from './simulated-day';

const days = 365 / 12;
const { regions, accounts: hundred, calls, seconds } = patrolOfHundred;
const walks = regions * days;
const looks = (patrolOfHundred.looks / hundred) * days;
const { openingCalls } = activity;

let day: Day;
let assembly: Assembly;
beforeAll(async () => {
  day = await simulatedDay(4);
}, 60_000);
beforeAll(async () => {
  assembly = await assemble('approval');
}, 60_000);

describe('the constants by which costs are reckoned', () => {
  it('are what a simulated day counts', () => {
    const each = (of: Day['looks' | 'events' | 'walks']) => ({
      reads: Math.round(of.reads / of.count),
      writes: Math.round(of.writes / of.count),
    });
    const functionsOf = ({ invocations, count }: Day['looks']) =>
      (Object.values(invocations).reduce((sum, of) => sum + of, 0) - count) / count;
    const { [functionNames.coordinator]: coordinator, ...functions } = day.events.invocations;
    expect(coordinator).toBe(day.events.count);
    expect({
      schedules: {
        reads: Math.round(day.schedules.reads / 10) * 10,
        writes: Math.round(day.schedules.writes / 10) * 10,
      },
      walk: each(day.walks),
      look: { functions: functionsOf(day.looks), ...each(day.looks) },
      event: { functions: remediationsIn(functions) / day.events.count, ...each(day.events) },
      lists: day.lists,
      coverageBytes: Math.round(day.coverageBytes / 50) * 50,
    }).toEqual(countedDay);
  });

  it('are those of schedules that fire as often as the hub counts', () => {
    const firings = Object.fromEntries(
      Object.entries(day.schedules.invocations).filter(([name]) => name.startsWith('staunch-')),
    );
    expect(firings).toEqual({
      [functionNames.coordinator]: 24 * 60,
      [functionNames.patrolDispatcher]: 24 * 12,
      [functionNames.reconcile]: 24,
    });
  });
});

describe('each line of what Staunch costs', () => {
  it('of the detectors is what was counted, in a month', () => {
    const found = Object.fromEntries(
      detectorCosts().map(({ detector, payer, unit, units }) => [`${detector} ${payer} ${unit}`, units]),
    );
    const counted = { ...ruleUnits('own'), ...trailUnits(), ...patrolUnits() };
    expect(Object.keys(found).sort()).toEqual(Object.keys(counted).sort());
    for (const [line, units] of Object.entries(counted))
      expect([line, near(found[line], units)]).toEqual([line, 'near']);
  });

  it.each(recorderModes)(
    'is caused by an account whose recorder is %s where it was counted',
    async (mode) => {
      const sum = (units: Record<string, number>, payer: CostLine['payer']) =>
        Object.entries(units)
          .filter(([line]) => line.split(' ')[1] === payer)
          .reduce((dollars, [line, count]) => dollars + count * priceOf(line), 0);
      const units = { ...ruleUnits(mode), ...trailUnits(), ...patrolUnits() };
      const cost = accountCost(mode, regions);
      expect([near(cost.member, sum(units, 'member')), near(cost.hub, sum(units, 'hub'))]).toEqual([
        'near',
        'near',
      ]);
    },
  );

  it('of the hub that follows from its schedules is what was counted, in a month', () => {
    const found = Object.fromEntries(hubCosts().map(({ unit, units }) => [unit, units]));
    const firings = hubParts.schedules.reduce((all, every) => all + (24 * 60) / every, 0);
    const counted = {
      'Lambda request': firings * days,
      'Lambda GB-second, arm64': firings * days * assumed.firing.seconds * (assumed.firing.megabytes / 1_024),
      'DynamoDB read unit': day.schedules.reads * days,
      'DynamoDB write unit': day.schedules.writes * days,
      'log GB': (firings * days * assumed.logBytes.invocation) / 1e9,
    };
    for (const [line, units] of Object.entries(counted))
      expect([line, near(found[line], units)]).toEqual([line, 'near']);
  });
});

/** Whether both are the same but for rounding, and but for what a process loads once. */
function near(one: number | undefined, other: number): string {
  const isNear = one !== undefined && Math.abs(one - other) <= 0.01 * Math.max(one, other);
  return isNear ? 'near' : `${one}, and not ${other}`;
}

function priceOf(line: string): number {
  const unit = line.split(' ').slice(2).join(' ');
  return prices[unit as keyof typeof prices].dollars;
}

function remediationsIn(invocations: Readonly<Record<string, number>>): number {
  return Object.entries(invocations)
    .filter(([name]) => name.startsWith('staunch-'))
    .reduce((sum, [, count]) => sum + count, 0);
}

/** What AWS Config does with the stacks that an account of a mode gets, by their templates. */
function ruleUnits(mode: RecorderMode): Record<string, number> {
  const policy = policyOf(
    policyText.replace(/recorder:[\s\S]*autoResponse/, `recorder: { default: ${mode} }\nautoResponse`),
  );
  const account = expectedAccounts(policy, plantedOrganization().structure()).find(
    ({ accountId }) => accountId === accounts.trial,
  );
  const isThere = (kind: 'recorder' | 'rules') =>
    account?.sets.some(({ names }) => names.includes(stackSetName(kind)));
  const rules = isThere('rules')
    ? resourcesOf(memberTemplate(assembly, stackSetName('rules')), 'AWS::Config::ConfigRule')
    : [];
  const items = Object.entries(activity.items);
  const evaluated = items.reduce(
    (sum, [type, count]) =>
      sum + count * rules.filter(([, rule]) => scopeOf(rule.Properties).includes(type)).length,
    0,
  );
  const periodic = rules
    .filter(([, { Properties }]) => scopeOf(Properties).length === 0)
    .reduce((sum, [, rule]) => sum + ('Condition' in rule ? 1 : regions) * days, 0);
  const recorded = isThere('recorder') ? items.reduce((sum, [, count]) => sum + count, 0) : 0;
  return {
    'rule member configuration item': recorded,
    'rule member rule evaluation': evaluated + periodic,
    'rule member Lambda request': evaluated,
    'rule member Lambda GB-second, arm64':
      evaluated * assumed.rule.seconds * (assumed.rule.megabytes / 1_024),
    'rule member log GB': (evaluated * assumed.logBytes.invocation) / 1e9,
    'rule hub S3 put request': isThere('recorder') ? recorded + regions * days : 0,
  };
}

function scopeOf(properties: Record<string, unknown> | undefined): string[] {
  const { ComplianceResourceTypes: types = [] } = (properties?.Scope ?? {}) as {
    ComplianceResourceTypes?: string[];
  };
  return types;
}

function trailUnits(): Record<string, number> {
  const { events } = day;
  const perEvent = openingCalls / events.count;
  const requests = remediationsIn(events.invocations);
  const { look } = assumed;
  return {
    'trail member event to another account': openingCalls,
    'trail hub SQS request': 3 * openingCalls,
    'trail hub Lambda request': requests * perEvent,
    'trail hub Lambda GB-second, arm64':
      (requests - events.count) *
      perEvent *
      (look.coordinatorSeconds + look.remediationSeconds) *
      (look.megabytes / 1_024),
    'trail hub DynamoDB read unit': events.reads * perEvent,
    'trail hub DynamoDB write unit': events.writes * perEvent,
    'trail hub log GB': (requests * perEvent * assumed.logBytes.invocation) / 1e9,
  };
}

/** Calls by the bench's patrol, to which a test of docs/costs.md holds them; capacity by the day. */
function patrolUnits(): Record<string, number> {
  const of = (name: RegExp) =>
    Object.entries(calls)
      .filter(([call]) => name.test(call))
      .reduce((sum, [, count]) => sum + count, 0) *
    (days / hundred);
  const perWalk = walks / day.walks.count;
  const perLook = looks / day.looks.count;
  const lookRequests = remediationsIn(day.looks.invocations) * perLook;
  const { look, logBytes } = assumed;
  const lookSeconds = look.coordinatorSeconds + look.remediationSeconds;
  return {
    'patrol member S3 list request': of(/^S3 List/),
    'patrol member S3 get request': of(/^S3 (Control )?Get/),
    'patrol member SQS request': of(/^SQS (List|Get)/),
    'patrol member Secrets Manager request': of(/^Secrets Manager /),
    'patrol member KMS request': of(/^KMS /),
    'patrol member SNS request': of(/^SNS /),
    'patrol hub SQS request': 3 * walks + 2 * looks + of(/^SQS Send/),
    'patrol hub Lambda request': 2 * walks + lookRequests,
    'patrol hub Lambda GB-second, arm64':
      (seconds.dispatcher * (days / hundred) * patrolMegabytes.dispatcher) / 1_024 +
      (seconds.walker * (days / hundred) * patrolMegabytes.walker) / 1_024 +
      looks * lookSeconds * (look.megabytes / 1_024),
    'patrol hub DynamoDB read unit':
      day.walks.reads * perWalk + day.looks.reads * perLook + (day.lists * walks * day.coverageBytes) / 4_096,
    'patrol hub DynamoDB write unit': day.walks.writes * perWalk + day.looks.writes * perLook,
    'patrol hub log GB': (walks * logBytes.walk + lookRequests * logBytes.invocation) / 1e9,
  };
}
