import { customControls } from '../../../controls/registry';
import { nobodyApproves } from '../../../operator/plan/nobody-approves';
import { policyPlan } from '../../../operator/plan/policy-plan';
import { policyWith } from '../../config/support/policy';
import { structureWith } from '../structures';

const structure = structureWith();
const warned = (sections: string, targets = ['r-abcd']) => {
  const policies = { next: policyWith(sections), targets };
  return nobodyApproves(policies, structure, policyPlan(policies, structure));
};
const entry = (where: string) => `people: [{ who: [{ owners: Owners }], may: [approve], where: ${where} }]\n`;

describe('the warning of accounts in which nobody may approve', () => {
  it('names the accounts, and the controls where they are not all', () => {
    const policy = `autoResponse:
  default: approval
  accounts: { payments-prod: { controls: { s3-public-access: off } } }
`;
    const line = warned(policy);
    expect(line).toMatch(
      /^Warning: fixes may wait for an approval that nobody may give in .*\. Name somebody in people/,
    );
    const others = customControls.map(({ id }) => id).filter((id) => id !== 's3-public-access');
    expect(line).toContain(`333333333333 payments-prod (${others.join(', ')})`);
  });

  it('tells what the policy alone does not: which accounts lie in no unit of an entry', () => {
    const line = warned(
      `autoResponse: { default: approval }\n${entry('{ organizationalUnits: [/Sandbox] }')}`,
    );
    expect(line).toContain('333333333333 payments-prod');
    expect(line).not.toContain('444444444444');
  });

  it('is not given where somebody may everywhere, nothing waits, or nothing is watched', () => {
    const approval = 'autoResponse: { default: approval }\n';
    expect(warned(`${approval}${entry('{ organizationalUnits: [/] }')}`)).toBeUndefined();
    expect(warned('autoResponse: { default: off }\n')).toBeUndefined();
    expect(warned(approval, [])).toBeUndefined();
  });
});
