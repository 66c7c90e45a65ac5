import { compilePolicy } from '../../config/compile';
import { parseOrganization } from '../../config/organization';
import { placementOf } from '../../infra/hub/placement';
import { organizationId, policyFile } from './support/assemble';

const units = `arn:aws:organizations::111111111111:ou/${organizationId}/*`;
const roots = `arn:aws:organizations::111111111111:root/${organizationId}/*`;

function placement(autoResponse: string) {
  const text = policyFile('off').replace(/autoResponse:.*/, `autoResponse: ${autoResponse}`);
  const { statements, wildcards } = placementOf(compilePolicy(parseOrganization(text, 'organization.yaml')));
  const allowed = statements.flatMap(({ actions, resources }) =>
    actions.map((action) => `${action.replace('organizations:', '')} ${resources.join(' ')}`),
  );
  return { allowed, acknowledged: Object.keys(wildcards) };
}

describe('placementOf', () => {
  it('allows to ask for parents alone where the policy names everything by id', () => {
    const byId =
      '{ organizationalUnits: { ou-abcd-11111111: on, /: approval }, accounts: { "333333333333": off } }';
    expect(placement(byId)).toEqual({ allowed: ['ListParents *'], acknowledged: ['*'] });
  });

  it('adds the listing of accounts where the policy names one by its name', () => {
    expect(placement('{ accounts: { payments: on } }')).toEqual({
      allowed: ['ListParents *', 'ListAccounts *'],
      acknowledged: ['*'],
    });
  });

  it('adds the roots, and the units of this organization, where the policy names one by its path', () => {
    expect(placement('{ organizationalUnits: { /Sandbox: on } }')).toEqual({
      allowed: [
        'ListParents *',
        'ListRoots *',
        `DescribeOrganizationalUnit ${units} ${roots}`,
        `ListOrganizationalUnitsForParent ${units} ${roots}`,
      ],
      acknowledged: ['*', units, roots],
    });
  });
});
