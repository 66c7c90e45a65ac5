import pc from 'picocolors';
import { costLines } from '../../../cli/cost/cost-lines';
import { previewText } from '../../../cli/deploy/preview-text';
import { deployPreview } from '../../../operator/deploy/preview';
import { expectedAccounts } from '../../../operator/doctor/expected-accounts';
import { plantedOrganization, policyOf } from '../../operator/doctor/organization/planted-organization';

describe('the preview of a deployment, for people', () => {
  it('ends with what it is estimated to cost, in the words of a plan', () => {
    const policy = policyOf();
    const accounts = expectedAccounts(policy, plantedOrganization().structure());
    const preview = deployPreview({ stacks: [], memberTemplates: [] }, accounts, policy);
    const text = previewText(preview, policy.hub, { colours: pc.createColors(false) });
    const [, cost = ''] = text.split('What it costs:\n');
    expect(cost.split('\n')).toEqual(costLines(preview.cost).map((line) => `  ${line}`));
    expect(cost).toContain("members' bills, recorder own, 2 accounts");
  });
});
