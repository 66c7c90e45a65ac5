import { compilePolicy } from '../../config/compile';
import { parseCompiledPolicy } from '../../config/compiled';
import { parseOrganization } from '../../config/organization';
import { describedPlacement, placementDigest, placementIn } from '../../config/placement-digest';
import { policyWith, readAt } from './support/policy';

const head = `organization: { id: o-exampleorg1, managementAccount: "111111111111" }
hub: { account: "222222222222", region: eu-west-1 }
targets: [/Workloads, r-abcd]
slack: { channel: C0123456789 }
`;

describe('the digest of a placement', () => {
  it.each([
    '',
    'exclude: [/Sandbox]\n',
    'recorder: { default: none, organizationalUnits: { /Sandbox: own }, accounts: { "333333333333": existing } }\n',
    'rollout: { pilot: [/Workloads] }\n',
  ])('is the same of a policy as it is written and as the hub has it: %s', (sections) => {
    const organization = parseOrganization(`${head}${sections}`, '', readAt);
    const kept = parseCompiledPolicy(JSON.stringify(compilePolicy(organization)));
    expect(placementIn(describedPlacement('Roles.', organization))).toBe(placementDigest(kept));
  });

  it('differs where the placement does, and nowhere else', () => {
    const placements = ['', 'exclude: [/Sandbox]\n', 'recorder: none\n', 'rollout: { pilot: [/Sandbox] }\n'];
    expect(new Set(placements.map((said) => placementDigest(policyWith(said)))).size).toBe(4);
    const digest = (said: string) => placementDigest(policyWith(said));
    expect(digest('exclude: [/B, /A]\nautoResponse: { default: on }\n')).toBe(digest('exclude: [/A, /B]\n'));
  });

  it('is none where the description has none', () => {
    expect(placementIn('Placement by somebody else.')).toBeUndefined();
  });
});
