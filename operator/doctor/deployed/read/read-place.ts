import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import {
  type ConfigRuleEvaluationStatus,
  ConfigServiceClient,
  paginateDescribeConfigRuleEvaluationStatus,
  paginateDescribeConfigRules,
} from '@aws-sdk/client-config-service';
import { EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { configRuleName, trailForwardingRuleName } from '../../../../core/names';
import { printable } from '../../../../resources/kit/printable';
import { isAnyTrailLogging } from '../../../../resources/kit/trail-logging';
import { type AwsAccess, type CallPlace, withClient } from '../../../aws/access';
import { reading } from '../../../aws/reading';
import { readRecorder } from '../../read-recorder';
import type { PlaceFacts, RuleFacts } from '../facts';

/** What is read in an account and Region, with its session. What AWS refuses is unread, and the rest is read all the same. */
export async function readPlace(access: AwsAccess, accountId: string, place: CallPlace): Promise<PlaceFacts> {
  const [config, forwarding, trail] = await Promise.all([
    withClient(access, ConfigServiceClient, place, async (client) => ({
      recorder: await reading(() => readRecorder(client)),
      rules: await reading(() => readRules(client)),
    })),
    reading(() => withClient(access, EventBridgeClient, place, readForwarding)),
    reading(() => withClient(access, CloudTrailClient, place, (client) => isAnyTrailLogging(client))),
  ]);
  return { accountId, region: place.region, ...config, forwarding, trail };
}

/** An account and Region of which nothing can be read. */
export function unreadPlace(accountId: string, region: string, unread: string): PlaceFacts {
  const of = { unread };
  return { accountId, region, recorder: of, rules: of, forwarding: of, trail: of };
}

/** Staunch's rules. AWS lists all of them, page by page; naming one that is not there would fail the call. */
async function readRules(client: ConfigServiceClient): Promise<RuleFacts[]> {
  const own = configRuleName('');
  const statuses = new Map<string, ConfigRuleEvaluationStatus>();
  for await (const page of paginateDescribeConfigRuleEvaluationStatus({ client }, {}))
    for (const status of page.ConfigRulesEvaluationStatus ?? [])
      statuses.set(status.ConfigRuleName ?? '', status);
  const found: RuleFacts[] = [];
  for await (const { ConfigRules: rules = [] } of paginateDescribeConfigRules({ client }, {}))
    for (const { ConfigRuleName: name = '', ConfigRuleState = '', InputParameters = '' } of rules)
      if (name.startsWith(own))
        found.push({
          name,
          state: ConfigRuleState,
          parameters: InputParameters,
          ...statusOf(statuses.get(name)),
        });
  return found;
}

/**
 * An invocation counts as well: a rule's function that fails never comes to an evaluation.
 * https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigRuleEvaluationStatus.html
 */
function statusOf(
  status: ConfigRuleEvaluationStatus = {},
): Pick<RuleFacts, 'succeededAt' | 'failedAt' | 'failure'> {
  const succeeded = [status.LastSuccessfulEvaluationTime, status.LastSuccessfulInvocationTime];
  const succeededAt = latest(succeeded);
  const failedAt = latest([status.LastFailedEvaluationTime, status.LastFailedInvocationTime]);
  const failure = printable([status.LastErrorCode, status.LastErrorMessage].filter(Boolean).join(': '));
  return {
    ...(succeededAt !== undefined && { succeededAt }),
    ...(failedAt !== undefined && { failedAt }),
    ...(failure !== '' && { failure }),
  };
}

function latest(times: readonly (Date | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined).map((time) => time.getTime());
  return known.length === 0 ? undefined : Math.max(...known);
}

/** Staunch's rules are few: one page holds a hundred. */
async function readForwarding(client: EventBridgeClient): Promise<ReadonlyMap<string, boolean>> {
  const { Rules: rules = [] } = await client.send(
    new ListRulesCommand({ NamePrefix: trailForwardingRuleName(''), Limit: 100 }),
  );
  return new Map(rules.map(({ Name = '', State }) => [Name, State !== 'DISABLED']));
}
