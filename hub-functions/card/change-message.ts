import { utc } from '../../core/utc';
import type { ComplianceChange } from '../../ledger/cards/card';
import { context, fields, header, type SlackMessage, section, summaryText } from './blocks';
import type { Detail } from './detail';
import { type CardFacts, titleOf } from './facts';
import { accountText } from './parts';
import { code, escaped, list } from './slack-text';

/**
 * What AWS Config calls the account itself where a rule judges it; its id is the account's:
 * https://docs.aws.amazon.com/config/latest/developerguide/iam-password-policy.html
 */
const accountResourceType = 'AWS::::Account';

/** A change of compliance that a managed rule told. */
export function changeMessage(change: ComplianceChange, facts: CardFacts, detail: Detail): SlackMessage {
  const { accountId, region, resourceType, resourceId, controlId, from, to, annotation, at } = change;
  const account = accountText(accountId, change.accountName);
  const isOfAccount = resourceType === accountResourceType;
  const title = `${complianceTitle(to)}: ${titleOf(controlId, facts)}`;
  return {
    text: summaryText(`${title}: ${isOfAccount ? '' : `${resourceId} in `}account ${account}, ${region}`),
    blocks: [
      header(title),
      fields(
        {
          Account: account,
          Region: region,
          ...(!isOfAccount && { [resourceType]: resourceId }),
          Was: from ?? 'not judged before',
        },
        detail.text,
      ),
      ...(annotation ? [section(list('What the rule says', [code(annotation, detail.text)]))] : []),
      context(`AWS Config · ${code(controlId, 160)} · ${escaped(utc(at))}`),
    ],
  };
}

function complianceTitle(to: string): string {
  if (to === 'NON_COMPLIANT') return '🟠 Not compliant';
  return to === 'COMPLIANT' ? '🟢 Compliant again' : '⚫ No longer judged';
}
