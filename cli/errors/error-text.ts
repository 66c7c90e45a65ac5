import { findingId } from '../../core/finding';
import type { FindingRecord } from '../../ledger/record';
import { UnacceptedLossError } from '../../operator/decide/accepted-loss';
import { type Input, InputError, type OperatorError } from '../../operator/errors';
import { SeveralRegionsError } from '../../operator/explain/about-resource';
import { UnknownFindingError } from '../../operator/findings/finding-name';
import { UnconfirmedOrderError } from '../../operator/hub/coordinator';
import { HubError } from '../../operator/hub/hub-error';
import { printable, printableLines } from '../../resources/kit/printable';
import { staunch } from '../after-error';
import { hubOfPolicy } from '../hub-region';
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
 * @param region as --region was given
 */
export function errorText(error: OperatorError, { region }: { region?: string | undefined } = {}): string {
  return printableLines(toldOf(error, region));
}

function toldOf(error: OperatorError, region: string | undefined): string {
  if (error instanceof HubError)
    return hubErrorText(error.failure, { environment: process.env, policyHub: () => hubOfPolicy() });
  if (error instanceof InputError)
    return error.input === undefined ? error.problem : `${options[error.input]} ${error.problem}`;
  if (error instanceof UnknownFindingError) return unknownFinding(error);
  if (error instanceof SeveralRegionsError) return `${error.message} --resource-region`;
  if (error instanceof UnconfirmedOrderError && 'finding' in error.order)
    return `${error.message} What became of the finding:\n  ${staunch} show FINDING`;
  if (error instanceof UnacceptedLossError) return unacceptedLoss(error.record, region);
  return error.message;
}

function unknownFinding({ message, ledgerIsEmpty }: UnknownFindingError): string {
  if (ledgerIsEmpty) return message;
  return `${message}\nAll findings:\n  ${staunch} findings`;
}

/** With the command that approves it all the same. */
function unacceptedLoss({ identity, occurrence }: FindingRecord, region: string | undefined): string {
  const name = printable(findingId(identity, occurrence)).replaceAll("'", "'\\''");
  const where = region === undefined ? '' : ` --region ${region}`;
  return `Nothing was ordered: the plan also takes something harmless, under "What goes with it". To approve it all the same:\n  ${staunch} approve '${name}' --accept-loss${where}`;
}
