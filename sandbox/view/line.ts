import type { Colors } from 'picocolors/types';
import type { RemediationReport } from '../../core/report';
import { states } from '../../core/states';
import type { TimedEvent } from '../events';
import { cut } from './cut';
import type { AccountNames } from './names';

/** Roles of Staunch's own: what they change is shown as the fix, not as somebody's doing. */
const ownSession = ':assumed-role/staunch-';

/**
 * One event as a line for people: seconds since the start, the account, the Region, what happened. Pure.
 * @param startedAt milliseconds since the epoch
 * @param columns how long the line may be; what is longer is cut
 * @returns undefined for what would only be noise
 */
export function lineOf(
  event: TimedEvent,
  names: AccountNames,
  startedAt: number,
  colours: Colors,
  columns = Number.POSITIVE_INFINITY,
): string | undefined {
  const told = tell(event, colours);
  if (told === undefined) return undefined;
  const seconds = ((event.at - startedAt) / 1000).toFixed(1).padStart(6);
  const where = told.accountId === undefined ? '' : names.of(told.accountId);
  const head = `  ${where.padEnd(11)} ${(told.region ?? '').padEnd(10)} `;
  const text = cut(told.text, columns - seconds.length - head.length);
  const { colour = (plain: string) => plain } = told;
  return `${colours.dim(seconds)}${head}${colour(text)}`.trimEnd();
}

interface Told {
  accountId?: string;
  region?: string;
  text: string;
  colour?: (text: string) => string;
}

function tell(event: TimedEvent, colours: Colors): Told | undefined {
  switch (event.kind) {
    case 'account-created':
      return { accountId: event.accountId, text: 'account created' };
    case 'deployed':
      return { ...place(event), text: `deployed ${event.stackName}`, colour: colours.dim };
    case 'changed':
      if (!event.by.includes(ownSession)) {
        return { ...place(event), text: `${event.operation} on ${event.resourceId}` };
      }
      return {
        ...place(event),
        text: `${event.operation} on ${event.resourceId}, by Staunch`,
        colour: colours.green,
      };
    case 'evaluated':
      if (event.compliance !== 'NON_COMPLIANT') return undefined;
      return {
        ...place(event),
        text: `${subject(event)} is NON_COMPLIANT: ${event.annotation ?? event.rule}`,
        colour: colours.yellow,
      };
    case 'report':
      return {
        ...place(event.report.finding),
        text: `${event.report.finding.resourceId} ${stateOf(event.report)}`,
        colour: reportColour(event.report, colours),
      };
    case 'slack':
      return { text: `slack  ${firstLine(event.text)}`, colour: colours.cyan };
    case 'denied':
      return {
        text: `denied ${event.action} on ${event.resource} to ${event.by}: ${event.reason}`,
        colour: colours.red,
      };
    case 'warning':
      return { ...event, text: event.text, colour: colours.yellow };
    case 'invoked':
      if (event.error === undefined) return undefined;
      return { ...place(event), text: `${event.functionName} failed: ${event.error}`, colour: colours.red };
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
