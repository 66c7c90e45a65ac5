import * as z from 'zod/mini';
import type { CompiledPolicy } from '../../config/compiled';
import type { CustomControl } from '../../controls/control';
import type { FindingIdentity } from '../../core/finding';
import type { Plan } from '../../core/plan';
import type { RemediationOutcome, RemediationResult } from '../../core/remediation';

/** A control that the tests of hub functions use; what it evaluates does not matter to them. */
export const testControl: CustomControl = {
  kind: 'custom',
  id: 'security-group-open-ports',
  title: 'Security groups open to the internet',
  severity: 'critical',
  resourceType: 'AWS::EC2::SecurityGroup',
  parameters: z.unknown(),
  relevantChanges: [],
  fromConfigurationItem: (item) => item,
  evaluate: () => ({ compliance: 'COMPLIANT', violations: [] }),
  plan: () => ({ changes: [], lossy: false, losses: [] }),
  fixPermissions: [{ actions: ['ec2:RevokeSecurityGroupIngress'], on: 'resource' }],
};

/** Ids that stand for accounts in each place of the test organization. */
export const accounts = {
  hub: '111111111111',
  on: '222222222222',
  approval: '333333333333',
  off: '444444444444',
};

export const testIdentity: FindingIdentity = {
  accountId: accounts.on,
  region: 'eu-west-1',
  control: testControl.id,
  resourceType: testControl.resourceType,
  resourceId: 'sg-0123456789abcdef0',
};

/** A policy in which the account's own flag decides, and everything else is off. */
export const testPolicy: CompiledPolicy = {
  version: 3,
  organization: { id: 'o-abcde12345', managementAccount: '999999999999' },
  hub: { account: accounts.hub, region: 'eu-west-1' },
  regions: ['eu-west-1'],
  default: { flag: 'off', source: 'organization.yaml:9', controls: {} },
  organizationalUnits: {},
  accounts: {
    [accounts.on]: { flag: 'on', source: 'organization.yaml:12', controls: {} },
    [accounts.approval]: { flag: 'approval', source: 'organization.yaml:13', controls: {} },
  },
  approvals: { expireMinutes: 24 * 60 },
  exemptions: [],
  exemptionRules: { maximumDays: 365 },
  freezes: [],
  limits: {
    fixesPerHour: { account: 20, organization: 100 },
    failuresPerHour: 10,
    openFindings: 500,
    concurrency: 50,
  },
  lossy: 'wait',
  retention: { findingsDays: 365, undoDays: 365 },
  slack: {
    channel: 'C0123456789',
    routes: [],
    ownerTags: ['owner', 'Owner'],
    summary: false,
    storm: 20,
  },
  securityHub: false,
  parameterDefaults: { [testControl.id]: {} },
};

export const testViolation = {
  kind: 'open-port',
  text: 'Port 22 is open to the internet.',
  detail: { port: 22 },
};

export const testPlan: Plan = {
  changes: [{ action: 'revoke', text: 'Take 0.0.0.0/0 off port 22.', cidr: '0.0.0.0/0' }],
  lossy: false,
  losses: [],
};

/** The resource while it is dangerous, and once it is fixed. */
export const testState = { open: true };
export const fixedState = { open: false };

/** What a remediation function would answer; of what stopped half-way nobody knows how far it came. */
export function answer(
  outcome: RemediationOutcome,
  more: Partial<RemediationResult> = {},
): RemediationResult {
  const dangerous = outcome !== 'already-compliant' && outcome !== 'gone';
  return {
    version: 2,
    outcome,
    violations: dangerous ? [testViolation] : [],
    ...(dangerous && { plan: testPlan }),
    ...(outcome === 'planned' && { state: testState }),
    ...(outcome === 'already-compliant' && { state: fixedState }),
    ...(outcome === 'fixed' && { state: fixedState, step: { made: testPlan.changes } }),
    applied: outcome === 'fixed' ? 1 : 0,
    ...(outcome === 'failed' && more.applied && { step: { made: [], unsure: true as const } }),
    ...more,
  };
}

/** A finding message for the queue. */
export function messageFor(identity: FindingIdentity, more: Record<string, unknown> = {}): string {
  return JSON.stringify({
    version: 1,
    type: 'finding',
    ...identity,
    capturedAt: '2026-11-23T09:59:00.000Z',
    violations: [],
    steps: [],
    ...more,
  });
}

/** AWS Config's word, as EventBridge puts it on the queue, that a resource complies again. */
export function mendedEvent(
  identity: FindingIdentity,
  more: { to?: string; detail?: Record<string, unknown> } = {},
): string {
  return JSON.stringify({
    version: '0',
    id: 'event-1',
    'detail-type': 'Config Rules Compliance Change',
    source: 'aws.config',
    account: identity.accountId,
    time: '2026-11-23T09:59:00Z',
    region: identity.region,
    resources: [],
    detail: {
      messageType: 'ComplianceChangeNotification',
      configRuleName: `staunch-${identity.control}`,
      resourceType: identity.resourceType,
      resourceId: identity.resourceId,
      newEvaluationResult: { complianceType: more.to ?? 'COMPLIANT' },
      oldEvaluationResult: { complianceType: 'NON_COMPLIANT' },
      ...more.detail,
    },
  });
}
