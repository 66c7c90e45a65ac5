import { utc } from '../../core/utc';
import type { ComplianceChange } from '../../ledger/cards/card';
import { context, fields, header, type SlackMessage, section, summaryText } from './blocks';
import type { Detail } from './detail';
import { type CardFacts, titleOf } from './facts';
import { code, escaped, list } from './slack-text';

/** A change of compliance that a managed rule told. */
export function changeMessage(change: ComplianceChange, facts: CardFacts, detail: Detail): SlackMessage {
  const { accountId, region, resourceType, resourceId, controlId, from, to, annotation, at } = change;
  const title = `${complianceTitle(to)}: ${titleOf(controlId, facts)}`;
  return {
    text: summaryText(`${title}: ${resourceId} in account ${accountId}, ${region}`),
    blocks: [
      header(title),
      fields(
        {
          Account: accountId,
          Region: region,
          [resourceType]: resourceId,
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
