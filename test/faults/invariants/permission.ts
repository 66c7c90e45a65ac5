import { ledgerTableName, stopSwitchPartition } from '../../../core/names';
import { planDigest } from '../../../core/plan-digest';
import type { Call } from '../call';
import type { Ban } from '../world';
import { type FunctionRun, isMade } from '../writes';
import type { Invariant } from './invariant';

/** Nothing is written where or when it is not allowed, and the stop switch is read right before each write of a fix. */
export const nothingIsWrittenUnasked: Invariant = ({ scenario, world, runs }) => {
  const faults: string[] = [];
  for (const run of runs) {
    const { request } = run;
    if (request.mode === 'plan' && run.writes.length > 0) faults.push('A plan writes.');
    if (request.mode !== 'apply') continue;
    if (scenario.needsApproval && request.fix && !world.approved.has(planDigest(request.fix.plan))) {
      faults.push('A plan is made that nobody approved.');
    }
    for (const write of run.writes.filter(isMade)) {
      const guard = guardOf(run, write);
      if (!guard) {
        faults.push(`Call ${write.number} writes without having read the stop switch.`);
        continue;
      }
      // The call's own latency has passed by then.
      const time = (world.times[write.number] ?? 0) - 10;
      for (const ban of world.bans) {
        if (holdsAt(ban, guard.number, time)) faults.push(`Call ${write.number} writes, though ${ban.why}.`);
      }
    }
  }
  return faults;
};

/** A remediation function writes to no table, and reads the stop switch's items alone. */
export const functionsReadTheStopSwitchOnly: Invariant = ({ runs }) =>
  runs.flatMap(({ calls }) =>
    calls
      .filter(({ service }) => service === 'DynamoDB')
      .filter((call) => !isStopSwitch(call))
      .map(({ command }) => `A remediation function calls ${command} of DynamoDB.`),
  );

/** The call right before a write, of the same function, where it reads the stop switch. */
function guardOf({ calls }: FunctionRun, write: Call): Call | undefined {
  const before = calls[calls.indexOf(write) - 1];
  return before && isStopSwitch(before) ? before : undefined;
}

function isStopSwitch({ command, input }: Call): boolean {
  const { TableName, ExpressionAttributeValues } = input as {
    TableName?: string;
    ExpressionAttributeValues?: Record<string, unknown>;
  };
  const partition = ExpressionAttributeValues?.[':finding'];
  return command === 'Query' && TableName === ledgerTableName && partition === stopSwitchPartition;
}

function holdsAt({ from, to, fromTime, toTime }: Ban, number: number, time: number): boolean {
  if (number <= from || (to !== undefined && number > to)) return false;
  return fromTime === undefined || toTime === undefined || (time >= fromTime && time < toTime);
}
