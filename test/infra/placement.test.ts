import { compilePolicy } from '../../config/compile';
import { parseOrganization } from '../../config/organization';
import { placementOf } from '../../infra/hub/placement';
import { organizationId, policyFile } from './support/assemble';

const all = (kind: string) => `arn:aws:organizations::111111111111:${kind}/${organizationId}/*`;

function placement(autoResponse: string) {
  const text = policyFile('off').replace(/autoResponse:.*/, `autoResponse: ${autoResponse}`);
  const { statements, wildcards } = placementOf(compilePolicy(parseOrganization(text, 'organization.yaml')));
  const allowed = statements.flatMap(({ actions, resources }) =>
    actions.map((action) => `${action.replace('organizations:', '')} ${resources.join(' ')}`),
  );
  return { allowed, acknowledged: Object.keys(wildcards) };
}

describe('placementOf', () => {
  it.each([
    [
      'by id',
      '{ organizationalUnits: { ou-abcd-11111111: on, /: approval }, accounts: { "333333333333": off } }',
    ],
    ['by name and path', '{ organizationalUnits: { /Sandbox: on }, accounts: { payments: on } }'],
  ])(
    'allows to read the tree of this organization alone, where the policy names everything %s',
    (_how, text) => {
      expect(placement(text)).toEqual({
        allowed: [
          `ListParents ${all('account')}`,
          `ListOrganizationalUnitsForParent ${all('ou')} ${all('root')}`,
          `ListAccountsForParent ${all('ou')} ${all('root')}`,
          'ListRoots *',
        ],
        acknowledged: [all('account'), all('ou'), all('root'), '*'],
      });
    },
  );
});
