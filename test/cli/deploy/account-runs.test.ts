import { watching } from '../../../cli/deploy/account-runs';
import { parseOrganization } from '../../../config/organization';
import { policyFile } from '../../infra/support/assemble';

const management = '111111111111';

describe('removing the stacks of one account', () => {
  it('needs no policy that still watches the account', () => {
    const taken = parseOrganization(policyFile('off'), 'organization.yaml');
    expect(taken.targets).not.toContain(management);
    const { targets } = watching({ ...taken, exclude: [management, '444444444444'] }, management);
    expect(targets).toContain(management);
    expect(watching({ ...taken, exclude: [management] }, management).exclude).toEqual([]);
    expect(watching(watching(taken, management), management).targets).toEqual(targets);
  });
});
