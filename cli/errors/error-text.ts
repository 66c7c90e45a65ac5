import { findingId } from '../../core/finding';
import type { FindingRecord } from '../../ledger/findings/record';
import { UnacceptedLossError } from '../../operator/decide/accepted-loss';
import { type Input, InputError, type OperatorError } from '../../operator/errors';
import { SeveralRegionsError } from '../../operator/explain/about-resource';
import { UnknownFindingError } from '../../operator/findings/finding-name';
import { UnconfirmedOrderError } from '../../operator/hub/door/unconfirmed-order';
import { HubError } from '../../operator/hub/hub-error';
import { printable, printableLines } from '../../resources/kit/printable';
import { staunch } from '../after-error';
import { hubOfPolicy } from '../hub-region';
import type { HubOptions } from '../with-hub';
import { hubErrorText } from './hub-error-text';

/** The options, and the argument, under which a person gives what can be wrong. */
const options: Record<Input, string> = {
  control: '--control',
  parameters: '--parameters',
  reason: '--reason',
  resource: '[resource]',
  'resource region': '--resource-region',
  state: '--state',
  until: '--until',
};

/**
 * What the person at the keyboard reads of an error, printable: with the options and commands by which it is put right.
 * @param place as the options say it
 */
export function errorText(error: OperatorError, place: HubOptions = {}): string {
  return printableLines(toldOf(error, place));
}

function toldOf(error: OperatorError, place: HubOptions): string {
  if (error instanceof HubError)
    return hubErrorText(error.failure, { environment: process.env, policyHub: () => hubOfPolicy() });
  if (error instanceof InputError)
    return error.input === undefined ? error.problem : `${options[error.input]} ${error.problem}`;
  if (error instanceof UnknownFindingError) return unknownFinding(error);
  if (error instanceof SeveralRegionsError) return `${error.message} --resource-region`;
  if (error instanceof UnconfirmedOrderError) return unconfirmed(error);
  if (error instanceof UnacceptedLossError) return unacceptedLoss(error.record, place);
  return error.message;
}

function unknownFinding({ message, ledgerIsEmpty }: UnknownFindingError): string {
  if (ledgerIsEmpty) return message;
  return `${message}\nAll findings:\n  ${staunch} findings`;
}

/** With what tells whether it was carried out. Who orders again what is done already is told so, and nothing is done twice. */
function unconfirmed({ message, order }: UnconfirmedOrderError): string {
  const again = 'To give it again does no harm: what is done already is not done twice.';
  return 'finding' in order
    ? `${message} What became of the finding:\n  ${staunch} show FINDING\n${again}`
    : `${message} What is paused:\n  ${staunch} findings\n${again}`;
}

/** With the command that approves it all the same. */
function unacceptedLoss({ identity, occurrence }: FindingRecord, { region, ordersUrl }: HubOptions): string {
  const name = printable(findingId(identity, occurrence)).replaceAll("'", "'\\''");
  const where = [
    region === undefined ? '' : ` --region ${region}`,
    ordersUrl === undefined ? '' : ` --orders-url ${ordersUrl}`,
  ].join('');
  return `Nothing was ordered: the plan also takes something harmless, under "What goes with it". To approve it all the same:\n  ${staunch} approve '${name}' --accept-loss${where}`;
}
