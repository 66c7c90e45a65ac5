import * as z from 'zod/mini';
import { detectorSchema } from './detector';
import type { FindingIdentity } from './finding';
import { openerSchema } from './opener';
import { planSchema, violationSchema } from './plan-schema';
import type { RemediationReport, ReportedDecision } from './report';
import { type FindingState, states } from './states';
import { severities } from './violation';

/** A finding's identity, as it stands in the ledger and in reports. */
export const findingIdentitySchema = z.object({
  accountId: z.string(),
  region: z.string(),
  control: z.string(),
  resourceType: z.string(),
  resourceId: z.string(),
}) satisfies z.ZodMiniType<FindingIdentity>;

/** A state of the one table; any other is refused. */
export const findingStateSchema = z.custom<FindingState>(
  (value) => typeof value === 'string' && Object.hasOwn(states, value),
);

/** What a person decided of a finding. */
export const reportedDecisionSchema = z.object({
  what: z.enum(['approved', 'denied', 'exempted', 'undone']),
  by: z.string(),
  at: z.string(),
  reason: z.exactOptional(z.string()),
  until: z.exactOptional(z.string()),
}) satisfies z.ZodMiniType<ReportedDecision>;

/** A remediation report, as a reader of the bus or of the ledger checks it. Unknown keys are dropped. */
export const remediationReportSchema = z.object({
  version: z.literal(1),
  reportId: z.string().check(z.minLength(1), z.maxLength(1024)),
  sequence: z.exactOptional(z.int().check(z.positive())),
  finding: findingIdentitySchema,
  occurrence: z.int(),
  attempt: z.int(),
  state: findingStateSchema,
  flag: z.exactOptional(z.enum(['off', 'approval', 'on'])),
  decidedBy: z.string(),
  severity: z.enum(severities),
  violations: z.array(violationSchema),
  plan: z.exactOptional(planSchema),
  planDigest: z.exactOptional(z.string()),
  decision: z.exactOptional(reportedDecisionSchema),
  omitted: z.exactOptional(z.object({ violations: z.int(), changes: z.int() })),
  reason: z.exactOptional(z.string()),
  errorCode: z.exactOptional(z.string()),
  accountName: z.exactOptional(z.string()),
  unit: z.exactOptional(z.string()),
  detector: z.exactOptional(detectorSchema),
  opened: z.exactOptional(openerSchema),
  stack: z.exactOptional(z.string()),
  owner: z.exactOptional(z.string()),
  tags: z.exactOptional(z.record(z.string(), z.string())),
  receivedAt: z.string(),
  at: z.string(),
}) satisfies z.ZodMiniType<RemediationReport>;
