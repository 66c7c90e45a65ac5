import { OrganizationsClient, TooManyRequestsException } from '@aws-sdk/client-organizations';
import type { CompiledPolicy } from '../../../config/compiled';
import { NamedPlaces } from '../../../hub-functions/coordinator/named-places';
import { UnresolvedPlaceError } from '../../../hub-functions/coordinator/organization';
import { accounts, testIdentity, testPolicy } from '../../support/findings';
import { stubbed } from '../../support/stubbed-client';

const level = (line: number) => ({ flag: 'off' as const, source: `organization.yaml:${line}`, controls: {} });

/** Units by the id of what they lie in: their ids by name. */
const units: Record<string, Record<string, string>> = {
  'r-root': { Workloads: 'ou-root-workload', Sandbox: 'ou-root-sandbox0' },
  'ou-root-workload': { Prod: 'ou-root-prod0000', Test: 'ou-root-test0000' },
};

function placesOf(
  world: { units?: Record<string, Record<string, string>>; roots?: string[]; error?: Error } = {},
) {
  const asked: string[] = [];
  let now = 0;
  const client = stubbed(new OrganizationsClient({ region: 'eu-west-1' }), (command, input) => {
    asked.push([command.replace('Command', ''), input.ParentId].filter(Boolean).join(' '));
    if (world.error) throw world.error;
    switch (command) {
      case 'ListRootsCommand':
        return { Roots: (world.roots ?? ['r-root']).map((Id) => ({ Id })) };
      case 'ListOrganizationalUnitsForParentCommand': {
        // One unit a page.
        const all = Object.entries((world.units ?? units)[String(input.ParentId)] ?? {});
        const index = Number(input.NextToken ?? 0);
        const page = all.slice(index, index + 1).map(([Name, Id]) => ({ Id, Name }));
        return {
          OrganizationalUnits: page,
          ...(index + 1 < all.length && { NextToken: String(index + 1) }),
        };
      }
      case 'ListAccountsCommand':
        return {
          Accounts: [
            { Id: accounts.on, Name: 'payments', Status: 'ACTIVE' },
            { Id: accounts.off, Name: 'closed-shop', Status: 'SUSPENDED' },
          ],
        };
      default:
        throw new Error(`Nobody may call ${command}.`);
    }
  });
  return {
    places: new NamedPlaces(client, () => now),
    asked,
    wait: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

const policyOf = (more: Partial<CompiledPolicy>): CompiledPolicy => ({
  ...testPolicy,
  accounts: {},
  ...more,
});

describe('missingNames', () => {
  it('finds nothing, and asks nothing, where the policy names everything by id', async () => {
    const { places, asked } = placesOf();
    const policy = policyOf({
      accounts: { '555555555555': level(1) },
      organizationalUnits: { 'ou-root-nowhere0': level(2), 'r-root': level(3), '/': level(4) },
    });
    expect(await places.missingNames(policy)).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('finds names and paths, letter by letter, at any depth', async () => {
    const policy = policyOf({
      accounts: { payments: level(1), Payments: level(2), 'closed-shop': level(3) },
      organizationalUnits: {
        '/Workloads/Prod': level(4),
        '/Workloads/Production': level(5),
        '/Sandbox': level(6),
        '/sandbox': level(7),
        '/Prod': level(8),
        '/Sandbox/Prod': level(9),
      },
    });
    expect(await placesOf().places.missingNames(policy)).toEqual([
      { key: 'Payments', source: 'organization.yaml:2' },
      { key: '/Workloads/Production', source: 'organization.yaml:5' },
      { key: '/sandbox', source: 'organization.yaml:7' },
      { key: '/Prod', source: 'organization.yaml:8' },
      { key: '/Sandbox/Prod', source: 'organization.yaml:9' },
    ]);
  });

  it('looks at exemptions and at where tags exempt, too', async () => {
    const exemption = {
      control: testIdentity.control,
      resource: '*',
      reason: 'A test.',
      owner: 'tests',
      expires: '2026-11-23',
      until: '2026-11-24T00:00:00.000Z',
    };
    const policy = policyOf({
      exemptions: [
        { ...exemption, account: 'paiments', source: 'organization.yaml:20' },
        { ...exemption, organizationalUnit: '/Workloads/Web', source: 'organization.yaml:21' },
      ],
      exemptionRules: {
        maximumDays: 365,
        byTag: { organizationalUnits: ['/Sandpit'], maximumDays: 14, source: 'organization.yaml:30' },
      },
    });
    expect(await placesOf().places.missingNames(policy)).toEqual([
      { key: 'paiments', source: 'organization.yaml:20' },
      { key: '/Workloads/Web', source: 'organization.yaml:21' },
      { key: '/Sandpit', source: 'organization.yaml:30' },
    ]);
  });

  it('asks of each unit once, and sees at once that one was renamed', async () => {
    const world = { units: structuredClone(units) };
    const { places, asked } = placesOf(world);
    const policy = policyOf({
      organizationalUnits: { '/Workloads/Prod': level(4), '/Workloads/Test': level(5) },
    });
    expect(await places.missingNames(policy)).toEqual([]);
    // The root's and Workloads' children, a unit a page.
    expect(asked).toHaveLength(5);
    world.units['ou-root-workload'] = { Production: 'ou-root-prod0000', Test: 'ou-root-test0000' };
    expect(await places.missingNames(policy)).toEqual([
      { key: '/Workloads/Prod', source: 'organization.yaml:4' },
    ]);
  });

  it.each([
    ['throttles', { error: new TooManyRequestsException({ message: 'slow down', $metadata: {} }) }],
    ['names no root', { roots: [] }],
  ])('does not take a path for missing when AWS Organizations %s', async (_what, world) => {
    const policy = policyOf({ organizationalUnits: { '/Sandbox': level(6) } });
    await expect(placesOf(world).places.missingNames(policy)).rejects.toThrow(UnresolvedPlaceError);
  });

  it('does not take a name for missing when AWS Organizations throttles, and asks again the next time', async () => {
    const world: { error?: Error } = {
      error: new TooManyRequestsException({ message: 'slow down', $metadata: {} }),
    };
    const { places } = placesOf(world);
    const policy = policyOf({ accounts: { payments: level(1) } });
    await expect(places.missingNames(policy)).rejects.toThrow(UnresolvedPlaceError);
    delete world.error;
    expect(await places.missingNames(policy)).toEqual([]);
  });
});
