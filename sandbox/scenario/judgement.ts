import { isDeepStrictEqual } from 'node:util';
import type { Detector } from '../../core/detector';
import type { RemediationReport } from '../../core/report';
import { type FindingState, states } from '../../core/states';
import type { TimedEvent } from '../events';
import type { PlantedResource } from './planted';
import { type Stages, stagesOf } from './stages';

/** What became of one planted resource. */
export interface Outcome {
  account: string;
  accountId: string;
  region: string;
  flag: string;
  resourceType: string;
  resourceId: string;
  /** What was planted, in words. */
  planted: string;
  dangerous: boolean;
  /** State of its finding; undefined where there is none. */
  state?: FindingState;
  /** Whether its plan takes something harmless as well; absent where there is no plan. */
  lossy?: boolean;
  /** What said first that it has to be looked at; absent where there is no finding. */
  detector?: Detector;
  /** What became of it, in words. */
  result: string;
  milliseconds: Stages;
  /** What is not as it should be; empty when all is well. */
  problems: string[];
}

/** The newest report about a resource by the control that it was planted for, or undefined when there is none. */
export function lastReport(
  resource: PlantedResource,
  events: readonly TimedEvent[],
): RemediationReport | undefined {
  const report = events.findLast(
    (event) =>
      event.kind === 'report' &&
      event.report.finding.accountId === resource.accountId &&
      event.report.finding.resourceId === resource.resourceId &&
      // A harmless resource is one for every control.
      (!resource.dangerous || event.report.finding.control === resource.kind.control),
  );
  return report?.kind === 'report' ? report.report : undefined;
}

/**
 * Reads a resource back through the AWS API and compares it, and its finding, with what must have become of it.
 * @param anyPolicy the policy is not the scenario's: what becomes of a finding is for the policy to say. What is called fixed must be
 *   healed all the same, and everything else as it was
 */
export async function judgeResource(
  resource: PlantedResource,
  events: readonly TimedEvent[],
  anyPolicy = false,
): Promise<Outcome> {
  const report = lastReport(resource, events);
  const { kind, flag, expected, expectedState, expectedDetector } = anyPolicy
    ? bySaidState(resource, report)
    : resource;
  const actual = await kind.read(resource.clients, resource.resourceId);
  const problems: string[] = [];
  if (!isDeepStrictEqual(actual, expected)) {
    problems.push(`is ${JSON.stringify(actual)}, should be ${JSON.stringify(expected)}`);
  }
  if (report?.state !== expectedState) {
    problems.push(`its finding is ${report?.state ?? 'missing'}, should be ${expectedState ?? 'missing'}`);
  }
  if (expectedDetector !== undefined && report && report.detector !== expectedDetector) {
    problems.push(`it was found by ${report.detector ?? 'nothing known'}, should be by ${expectedDetector}`);
  }
  const milliseconds = stagesOf(resource, events);
  if (!anyPolicy && expectedState !== undefined && milliseconds.slack === undefined)
    problems.push('Slack was not told');
  return {
    account: resource.account,
    accountId: resource.accountId,
    region: resource.region,
    flag,
    resourceType: kind.resourceType,
    resourceId: resource.resourceId,
    planted: kind.text,
    dangerous: resource.dangerous,
    ...(report && { state: report.state }),
    ...(report?.plan && { lossy: report.plan.lossy }),
    ...(report?.detector && { detector: report.detector }),
    result: inWords(report),
    milliseconds,
    problems,
  };
}

/** What must be so where the finding is in the state that was reported. */
function bySaidState(resource: PlantedResource, report: RemediationReport | undefined) {
  const { kind, planted, healed, expectedDetector } = resource;
  const isFixed = report?.state === 'fixed';
  return {
    kind,
    flag: report?.flag ?? '',
    expected: isFixed && healed !== undefined ? healed : planted,
    expectedState: report?.state,
    expectedDetector,
  };
}

function inWords(report: RemediationReport | undefined): string {
  if (report === undefined) return 'left alone';
  const title = states[report.state].title;
  if (report.state === 'waiting' && report.plan?.lossy) return 'waiting (lossy plan)';
  return report.reason === undefined || report.state === 'waiting' ? title : `${title}: ${report.reason}`;
}
