import type { Colors } from 'picocolors/types';
import type { RemediationReport } from '../../contract/report';
import { states } from '../../contract/states';
import type { TimedEvent } from '../events';
import type { AccountNames } from './names';

/** Roles of Staunch's own: what they change is shown as the fix, not as somebody's doing. */
const ownSession = ':assumed-role/staunch-';

/**
 * One event as a line for people: seconds since the start, the account, the Region, what happened. Pure.
 * @param startedAt milliseconds since the epoch
 * @returns undefined for what would only be noise
 */
export function lineOf(
  event: TimedEvent,
  names: AccountNames,
  startedAt: number,
  colours: Colors,
): string | undefined {
  const told = tell(event, colours);
  if (told === undefined) return undefined;
  const seconds = ((event.at - startedAt) / 1000).toFixed(1).padStart(6);
  const where = told.accountId === undefined ? '' : names.of(told.accountId);
  return `${colours.dim(seconds)}  ${where.padEnd(11)} ${(told.region ?? '').padEnd(10)} ${told.text}`.trimEnd();
}

interface Told {
  accountId?: string;
  region?: string;
  text: string;
}

function tell(event: TimedEvent, colours: Colors): Told | undefined {
  switch (event.kind) {
    case 'account-created':
      return { accountId: event.accountId, text: 'account created' };
    case 'deployed':
      return { ...place(event), text: colours.dim(`deployed ${event.stackName}`) };
    case 'changed':
      if (!event.by.includes(ownSession))
        return { ...place(event), text: `${event.operation} on ${event.resourceId}` };
      return {
        ...place(event),
        text: colours.green(`${event.operation} on ${event.resourceId}, by Staunch`),
      };
    case 'evaluated':
      if (event.compliance !== 'NON_COMPLIANT') return undefined;
      return {
        ...place(event),
        text: colours.yellow(`${subject(event)} is NON_COMPLIANT: ${event.annotation ?? event.rule}`),
      };
    case 'report':
      return {
        ...place(event.report.finding),
        text: reportColour(
          event.report,
          colours,
        )(`${event.report.finding.resourceId} ${stateOf(event.report)}`),
      };
    case 'slack':
      return { text: colours.cyan(`slack  ${firstLine(event.text)}`) };
    case 'denied':
      return {
        text: colours.red(`denied ${event.action} on ${event.resource} to ${event.by}: ${event.reason}`),
      };
    case 'invoked':
      if (event.error === undefined) return undefined;
      return { ...place(event), text: colours.red(`${event.functionName} failed: ${event.error}`) };
    default:
      return undefined;
  }
}

/** A rule about the whole account names the account as its resource. */
function subject({ accountId, resourceId }: { accountId: string; resourceId: string }): string {
  return resourceId === accountId ? 'the account' : resourceId;
}

function place({ accountId, region }: { accountId: string; region: string }) {
  return { accountId, region };
}

function stateOf(report: RemediationReport): string {
  const { title } = states[report.state];
  return report.reason === undefined ? title : `${title}: ${report.reason}`;
}

function reportColour({ state }: RemediationReport, colours: Colors): (text: string) => string {
  if (state === 'fixed') return (text) => colours.bold(colours.green(text));
  return state === 'failed' || state === 'given-up' ? colours.red : colours.magenta;
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}
