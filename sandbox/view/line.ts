import type { Colors } from 'picocolors/types';
import { cutEnd } from '../../core/cut-end';
import { cutMiddle } from '../../core/cut-middle';
import type { RemediationReport } from '../../core/report';
import { states } from '../../core/states';
import { padded, textWidth } from '../../core/text-width';
import { printable, withoutControls } from '../../resources/kit/printable';
import type { TimedEvent } from '../events';
import type { AccountNames } from './names';

/** Roles of Staunch's own: what they change is shown as the fix, not as somebody's doing. */
const ownSession = ':assumed-role/staunch-';

/**
 * One event as a printable line for people: seconds since the start, the account, the Region, what happened. Pure.
 * @param startedAt milliseconds since the epoch
 * @param columns how long the line may be: first the resource's name loses its middle, then the text its end
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
  const { accountId, region = '' } = told;
  const head = accountId === undefined ? '  ' : `  ${cell(names.of(accountId), 11)} ${cell(region, 10)} `;
  const text = fitted(told, columns - seconds.length - textWidth(head));
  const { colour = (plain: string) => plain } = told;
  return `${colours.dim(seconds)}${head}${colour(text)}`.trimEnd();
}

function cell(text: string, columns: number): string {
  return padded(printable(text), columns);
}

interface Told {
  accountId?: string;
  region?: string;
  /** What stands before the resource. */
  before?: string;
  resource?: string;
  text: string;
  colour?: (text: string) => string;
}

/** So much of a resource's name is shown wherever it is longer. */
const leastOfName = 17;

/** What happened is made printable before its width is counted: everything in it may be a stranger's text. */
function fitted(told: Told, room: number): string {
  const [before, name, text] = [told.before ?? '', shortName(told.resource ?? ''), told.text].map(
    withoutControls,
  ) as [string, string, string];
  const rest = room - textWidth(before) - textWidth(text);
  return cutEnd(`${before}${cutMiddle(name, Math.max(leastOfName, rest))}${text}`, room);
}

/** The end of a URL, such as a queue's, tells it from others; that of an ARN may not. */
function shortName(resource: string): string {
  return resource.startsWith('https://') ? (resource.split('/').at(-1) ?? resource) : resource;
}

function tell(event: TimedEvent, colours: Colors): Told | undefined {
  switch (event.kind) {
    case 'account-created':
      return { accountId: event.accountId, text: 'account created' };
    case 'deployed':
      return { ...place(event), text: `deployed ${event.stackName}`, colour: colours.dim };
    case 'changed':
      if (!event.by.includes(ownSession)) {
        return { ...place(event), ...changeOf(event), text: '' };
      }
      return {
        ...place(event),
        ...changeOf(event),
        text: ', by Staunch',
        colour: colours.green,
      };
    case 'evaluated':
      if (event.compliance !== 'NON_COMPLIANT') return undefined;
      return {
        ...place(event),
        resource: subject(event),
        text: ` is NON_COMPLIANT: ${event.annotation ?? event.rule}`,
        colour: colours.yellow,
      };
    case 'report':
      return {
        ...place(event.report.finding),
        resource: event.report.finding.resourceId,
        text: ` ${stateOf(event.report)}`,
        colour: reportColour(event.report, colours),
      };
    case 'slack':
      return {
        text: `slack  ${event.edited ? 'edited: ' : ''}${firstLine(event.text)}`,
        colour: colours.cyan,
      };
    case 'denied':
      return {
        text: `denied ${event.action} on ${event.resource} to ${event.by}: ${event.reason}`,
        colour: colours.red,
      };
    case 'stack-failed':
      return { ...place(event), text: `${event.stackSet} failed: ${event.reason}`, colour: colours.yellow };
    case 'warning':
      return { ...event, text: event.text, colour: colours.yellow };
    case 'invoked':
      if (event.error === undefined) return undefined;
      return { ...place(event), text: `${event.functionName} failed: ${event.error}`, colour: colours.red };
    default:
      return undefined;
  }
}

function changeOf({ operation, resourceId }: { operation: string; resourceId: string }) {
  return { before: `${operation} on `, resource: resourceId };
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
