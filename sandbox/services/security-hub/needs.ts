import type { ApiCall } from '../../gateway/api';
import { type NeededAccess, type ServiceNeeds, sameName } from '../needed';

/**
 * Findings are imported under a product, and read from the hub of the account.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecurityhub.html
 */
export const needs: ServiceNeeds = {
  BatchImportFindings: ({ parameters, region, accountId }: ApiCall): NeededAccess[] => {
    const findings: { ProductArn?: unknown }[] = Array.isArray(parameters.Findings)
      ? parameters.Findings
      : [];
    const products = new Set(findings.map(({ ProductArn }) => String(ProductArn)));
    if (products.size === 0) products.add(`arn:aws:securityhub:${region}:${accountId}:product/*`);
    return [...products].map((resource) => ({ action: 'securityhub:BatchImportFindings', resource }));
  },
  ...sameName(
    'securityhub',
    ['GetFindings'],
    ({ region, accountId }) => `arn:aws:securityhub:${region}:${accountId}:hub/default`,
  ),
};
