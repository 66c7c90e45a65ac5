import { resourceTypes } from '../../resources/resource-types';
import { assumed, countedDay } from './counted-day';
import type { Units } from './unit-prices';

const days = 365 / 12;
/** Minutes of a month. */
const minutes = days * 24 * 60;

/** What the hub has, however many accounts are watched. A test holds it to the hub's template. */
export const hubParts = {
  /** Queues that Lambda asks for messages all the time. */
  polledQueues: 5,
  /** One for each type's remediation function, and those of everything else. */
  alarms: 20 + Object.keys(resourceTypes).length,
  dashboards: 1,
  /** Of Staunch's own, each state of those that have one by itself; more than come to be in a month. */
  metrics: 30,
  encryptionKeys: 2,
  /** Of the Slack app: its token, and what Slack signs with. */
  secrets: 2,
  /** How often its schedules fire, in minutes: the sweep, what is due in Slack, the patrol's dispatcher, the reconcile, the daily doctor. */
  schedules: [1, 1, 5, 60, 1_440],
} as const;

/**
 * Lambda asks a queue with five pollers, each for up to 20 seconds at a time:
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
const pollers = 5;
const pollSeconds = 20;

/** A line of what the hub costs in a month with no account watched. */
export interface HubCostLine extends Units {
  /** How they are counted, in words. */
  formula: string;
}

/** What the hub costs in a month, however many accounts are watched. Pure. */
export function hubCosts(): HubCostLine[] {
  const { polledQueues, alarms, dashboards, metrics, encryptionKeys, secrets, schedules } = hubParts;
  const { firing, logBytes } = assumed;
  const firings = schedules.reduce((sum, every) => sum + minutes / every, 0);
  return [
    {
      unit: 'SQS request',
      units: (polledQueues * pollers * minutes * 60) / pollSeconds,
      formula: `${polledQueues} queues × ${pollers} pollers × one request every ${pollSeconds} s`,
    },
    { unit: 'Lambda request', units: firings, formula: `schedules of ${schedules.join(', ')} minutes` },
    {
      unit: 'Lambda GB-second, arm64',
      units: (firings * firing.seconds * firing.megabytes) / 1_024,
      formula: `requests × ${firing.seconds} s × ${firing.megabytes} MB`,
    },
    {
      unit: 'DynamoDB read unit',
      units: countedDay.schedules.reads * days,
      formula: "days × what the schedules' firings read of the ledger",
    },
    {
      unit: 'DynamoDB write unit',
      units: countedDay.schedules.writes * days,
      formula: "days × what the schedules' firings write",
    },
    {
      unit: 'log GB',
      units: (firings * logBytes.invocation) / 1e9,
      formula: `requests × ${logBytes.invocation / 1_000} kB`,
    },
    { unit: 'alarm, a month', units: alarms, formula: 'alarms' },
    { unit: 'dashboard, a month', units: dashboards, formula: 'dashboards' },
    { unit: 'metric, a month', units: metrics, formula: 'metrics of its own, at most' },
    { unit: 'encryption key, a month', units: encryptionKeys, formula: 'keys of topics' },
    { unit: 'secret, a month', units: secrets, formula: "Slack's token and signing secret" },
  ];
}
