import { type Organization, parseOrganization } from '../../config/organization';

/**
 * The policy of the bench's organizations: another recorder stands in most accounts, half of them have none, and one gets Staunch's own.
 * @param workloads the flag of half the accounts
 */
export function benchPolicy(workloads: 'off' | 'approval'): Organization {
  const text = `
organization: { id: o-exampleorg1, managementAccount: "111111111111" }
hub: { account: "222222222222", region: eu-west-1 }
regions: [eu-west-1, us-east-1]
targets: [r-abcd]
exclude: ["300000000007"]
recorder: { default: existing, organizationalUnits: { /Sandbox: none }, accounts: { "300000000001": own } }
autoResponse:
  default: off
  organizationalUnits: { /Workloads: ${workloads} }
  accounts: { "300000000002": on }
slack: { channel: C0123456789 }
`;
  return parseOrganization(text, 'bench.yaml');
}
