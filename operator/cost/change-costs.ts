import type { Units } from './unit-prices';

/** Changes of findings' states in a month, of which the costs are told. */
export const changesOfMonth = 10_000;

/** Findings in the ledger, open and closed. */
const keptFindings = 100_000;
const days = 365 / 12;

/** Events that a call of the import into Security Hub takes at most. */
const batch = 10;
/** What an invocation of the import takes: an assumption, on the slow side. */
const importing = { seconds: 1, megabytes: 256 } as const;

/** A line of what changes of state cost. */
export interface ChangeCostLine extends Units {
  /** Whether it is paid only where findings are imported into Security Hub. */
  securityHub: boolean;
  /** How they are counted, in words. */
  formula: string;
}

/**
 * What changes of findings' states cost the hub, where each is told to people as well. An event has some 2 kB, and is paid by 64 kB begun.
 * It is written with the state, and takes no call of its own. Pure.
 */
export function changeCosts(): ChangeCostLine[] {
  const always = { securityHub: false };
  const imported = { securityHub: true };
  const calls = changesOfMonth / batch;
  return [
    { ...always, unit: 'event of ours', units: 2 * changesOfMonth, formula: 'changes × (report, event)' },
    {
      ...always,
      unit: 'DynamoDB read unit',
      // A unit reads two items of 4 kB that need not be the latest.
      units: (days * keptFindings) / 2,
      formula: `days × ${keptFindings.toLocaleString('en-US')} findings in the ledger, of 4 kB: the daily summary reads them once`,
    },
    {
      ...imported,
      unit: 'finding that Security Hub takes',
      units: changesOfMonth,
      formula: 'changes, the latest of each batch',
    },
    {
      ...imported,
      unit: 'SQS request',
      units: changesOfMonth + 2 * calls,
      formula: 'changes, and batches × (receive, delete)',
    },
    { ...imported, unit: 'Lambda request', units: calls, formula: `changes in batches of ${batch}` },
    {
      ...imported,
      unit: 'Lambda GB-second, arm64',
      units: (calls * importing.seconds * importing.megabytes) / 1_024,
      formula: `requests × ${importing.seconds} s × ${importing.megabytes} MB`,
    },
  ];
}
