import { type Organization, parseOrganization } from '../../../../config/organization';
import { recordedTypesOf } from '../../../../controls/recorded-types';
import { controls, customControls } from '../../../../controls/registry';
import { configRuleName, probeForwardingRuleName, trailForwardingRuleName } from '../../../../core/names';
import { coveredIn } from '../../../../operator/doctor/deployed/judges/places-of';
import { expectedAccounts } from '../../../../operator/doctor/expected-accounts';
import { factsOf } from '../../../../resources/resource-types';
import { instanceOf } from './answers';
import { FakeOrganization } from './fake-organization';
import type { FakeRegion } from './fake-parts';

/** When the doctor is asked. */
export const now = new Date('2026-11-27T12:00:00Z');

export const accounts = {
  management: '111111111111',
  hub: '222222222222',
  payments: '333333333333',
  trial: '444444444444',
  gone: '666666666666',
} as const;

export const policyText = `organization: { id: o-exampleorg1, managementAccount: "111111111111" }
hub: { account: "222222222222", region: eu-west-1 }
regions: [eu-west-1, eu-south-1]
targets: [r-abcd]
recorder:
  default: own
  accounts: { "333333333333": existing }
autoResponse:
  default: off
  accounts: { "444444444444": on }
slack: { channel: C0123456789 }
`;

/** The policy of a text. */
export function policyOf(text = policyText): Organization {
  return parseOrganization(text, 'organization.yaml', now);
}

/** Digests of the code that would be deployed. */
export const verdictCode = Object.fromEntries(customControls.map(({ id }) => [id, '0123456789abcdef']));

/** An organization in which nothing of Staunch is yet, and one account has a recorder. */
export function plantedOrganization(caller: string = accounts.hub): FakeOrganization {
  const organization = new FakeOrganization(caller);
  const add = (id: string, name: string, parentId: string, status = 'ACTIVE') =>
    organization.accounts.set(id, {
      id,
      name,
      parentId,
      status,
      roles: new Set(['OrganizationAccountAccessRole']),
      regions: new Map([
        ['eu-west-1', emptyRegion('opt-in-not-required')],
        ['eu-south-1', emptyRegion('opted-in')],
      ]),
    });
  add(accounts.management, 'management', 'r-abcd');
  add(accounts.hub, 'security', 'r-abcd');
  add(accounts.payments, 'payments-prod', 'ou-abcd-workload');
  add(accounts.trial, 'trial', 'ou-abcd-sandbox0');
  add(accounts.gone, 'gone', 'ou-abcd-sandbox0', 'SUSPENDED');
  for (const region of organization.account(accounts.payments).regions.values())
    region.recorder = everything();
  organization.policies.set('p-FullAWSAccess', {
    name: 'FullAWSAccess',
    content: '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}',
    targets: new Set(['r-abcd', ...organization.units.map(({ id }) => id), ...organization.accounts.keys()]),
  });
  return organization;
}

function emptyRegion(optIn: string): FakeRegion {
  return { optIn, recorder: undefined, rules: new Map(), forwarding: new Map() };
}

/** AWS Control Tower's recorder. */
export function everything() {
  return {
    isRecording: true,
    configuration: {
      name: 'aws-controltower-BaselineConfigRecorder',
      roleARN: 'arn:aws:iam::333333333333:role/aws-controltower-ConfigRecorderRole',
      recordingGroup: { allSupported: true, recordingStrategy: { useOnly: 'ALL_SUPPORTED_RESOURCE_TYPES' } },
      recordingMode: { recordingFrequency: 'CONTINUOUS' },
    },
  };
}

/** Deploys a policy, as the stack sets would; what is there stays. */
export function deploy(organization: FakeOrganization, policy: Organization): void {
  organization.queuePolicy = true;
  organization.lostWays.clear();
  for (const account of coveredIn(expectedAccounts(policy, organization.structure()))) {
    const { accountId, sets, recorder } = account;
    for (const { names, regions } of sets)
      for (const region of regions) {
        const [name = ''] = names;
        const others = (organization.stackSets.get(name) ?? []).filter(
          ({ Account, Region }) => Account !== accountId || Region !== region,
        );
        organization.stackSets.set(name, [...others, instanceOf(accountId, region)]);
      }
    const found = organization.account(accountId);
    for (const role of [
      'patrol',
      'probe',
      'read',
      'forward-events',
      'rule',
      'config-recorder',
      'remediation',
    ])
      found.roles.add(`staunch/staunch-${role}`);
    for (const [name, region] of found.regions) deployInto(region, name === policy.hub.region, recorder);
  }
  organization.account(policy.hub.account).roles.add('staunch/staunch-doctor');
}

function deployInto(region: FakeRegion, isHome: boolean, recorder: string): void {
  if (recorder === 'own')
    region.recorder ??= {
      isRecording: true,
      configuration: {
        name: 'staunch',
        roleARN: 'arn:aws:iam::222222222222:role/staunch/staunch-config-recorder',
        recordingGroup: {
          allSupported: false,
          resourceTypes: recordedTypesOf(customControls),
          recordingStrategy: { useOnly: 'INCLUSION_BY_RESOURCE_TYPES' },
        },
        recordingMode: { recordingFrequency: 'CONTINUOUS' },
      },
    };
  for (const control of recorder === 'none' ? [] : controls) {
    if (control.kind === 'managed' && control.regions === 'home' && !isHome) continue;
    const known = region.rules.get(configRuleName(control.id));
    const parameters =
      control.kind === 'custom' ? JSON.stringify({ verdictCode: verdictCode[control.id] }) : '{}';
    region.rules.set(configRuleName(control.id), { succeededAt: now, ...known, parameters });
  }
  for (const { resourceType } of customControls)
    region.forwarding.set(trailForwardingRuleName(factsOf(resourceType).slug), true);
  region.forwarding.set(probeForwardingRuleName, true);
}
