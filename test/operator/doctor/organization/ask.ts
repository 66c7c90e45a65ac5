import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { compilePolicy } from '../../../../config/compile';
import type { Organization } from '../../../../config/organization';
import type { PlaceCoverage } from '../../../../ledger/coverage/place-coverage';
import { patrolledTypes } from '../../../../operator/coverage/ask-coverage';
import { askBefore } from '../../../../operator/doctor/ask-before';
import { askDeployed } from '../../../../operator/doctor/ask-deployed';
import { coveredIn } from '../../../../operator/doctor/deployed/judges/places-of';
import type { ProbeClock } from '../../../../operator/doctor/deployed/probes/probe-deployment';
import type { Diagnosis } from '../../../../operator/doctor/doctor';
import { expectedAccounts } from '../../../../operator/doctor/expected-accounts';
import type { Hub } from '../../../../operator/hub/hub';
import { hubWith } from '../../fake-hub';
import type { FakeOrganization } from './fake-organization';
import { now, policyOf, verdictCode } from './planted-organization';

/** What the hub of a deployment knows. */
export interface HubState {
  policy: Organization;
  /** Places of which no patrol is known: `account Region`. */
  unpatrolled: Set<string>;
  /** Accounts whose role the coordinator could not assume. */
  unreachable: string[];
}

/** A hub over the organization in memory, and what it knows. */
export function hubOver(organization: FakeOrganization, account: string, state?: HubState): Hub {
  const hub = hubWith({
    order: async () => ({
      version: 2 as const,
      done: true,
      text: '',
      policy: JSON.stringify({ ...compilePolicy(state?.policy ?? policyOf()), verdictCode }),
    }),
    coverage: {
      list: async function* () {
        yield* state === undefined ? [] : patrolledPlaces(organization, state);
      },
    },
    unreachable: (state?.unreachable ?? []).map((accountId) => ({
      accountId,
      role: 'read' as const,
      reason: 'AccessDenied: not authorized to perform: sts:AssumeRole',
      errorCode: 'AccessDenied',
      since: now.toISOString(),
      until: now.toISOString(),
      tries: 1,
    })),
  });
  return Object.assign(hub, {
    organizations: organization.access.client(OrganizationsClient, { region: 'eu-west-1' }),
    caller: async () => ({ account, arn: `arn:aws:iam::${account}:user/ada` }),
  });
}

function patrolledPlaces(organization: FakeOrganization, { policy, unpatrolled }: HubState): PlaceCoverage[] {
  const at = now.toISOString();
  return coveredIn(expectedAccounts(policy, organization.structure())).flatMap(({ accountId }) =>
    policy.regions
      .filter((region) => !unpatrolled.has(`${accountId} ${region}`))
      .map((region) => ({
        accountId,
        region,
        since: at,
        types: Object.fromEntries(patrolledTypes.map((type) => [type, { coveredAt: at }])),
      })),
  );
}

/** Time passes in pauses alone. */
class TestProbeClock implements ProbeClock {
  private milliseconds = now.getTime();
  now = () => new Date(this.milliseconds);
  random = () => 0.5;
  pause = async (milliseconds: number) => {
    this.milliseconds += milliseconds;
  };
}

/** What the doctor says after a deployment. */
export function afterDeployment(
  organization: FakeOrganization,
  state: HubState,
  policy: Organization,
  account?: string,
): Promise<Diagnosis> {
  organization.arrivals.length = 0;
  return askDeployed(hubOver(organization, organization.hub.account, state), {
    access: organization.access,
    organization: policy,
    verdictCode,
    now,
    probes: new TestProbeClock(),
    ...(account !== undefined && { account }),
  });
}

/** What the doctor says before one. */
export function beforeDeployment(
  organization: FakeOrganization,
  policy: Organization,
  caller = organization.management,
): Promise<Diagnosis> {
  return askBefore(hubOver(organization, caller), { access: organization.access, organization: policy });
}
