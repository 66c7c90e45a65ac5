/**
 * Executions of Lambda that one message takes at most: the coordinator's, and the remediation function's, for whose answer it waits.
 */
export const executionsPerMessage = 2;

/** Memory of the patrol's functions in MB; Lambda gives them their share of a processor by it. */
export const patrolMegabytes = { dispatcher: 256, walker: 512 };

/** Messages of the patrol that are walked at once. */
export const patrolsAtOnce = 25;

/**
 * Executions of Lambda that the hub takes beside messages: the sweep with its four looks, the notifier's two, orders of people, two
 * each; and the patrol's, a dispatcher and a walker each.
 */
export const executionsBeside = 20 + 2 * patrolsAtOnce;

/** What Lambda gives an account in a Region, unless AWS raised it: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const accountExecutions = 1_000;

/** What people did in Slack that is worked on at once: a few executions, which come out of what is left to other functions. */
export const slackActionsAtOnce = 5;

/**
 * What is left to the other functions of the account: as much as Lambda itself keeps from being reserved.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
 */
const othersExecutions = 100;

/** Messages at once, unless the policy says otherwise. */
export const defaultConcurrency = 50;

/** Lambda's `MaximumConcurrency` of a queue begins at 2: https://docs.aws.amazon.com/lambda/latest/api/API_ScalingConfig.html */
export const leastConcurrency = 2;

/** More would not fit into the quota of an account. */
export const mostConcurrency = Math.floor(
  (accountExecutions - othersExecutions - executionsBeside) / executionsPerMessage,
);

/** The most executions of Lambda that the hub takes at once under a policy's `limits.concurrency`. */
export function hubExecutions(concurrency: number): number {
  return concurrency * executionsPerMessage + executionsBeside;
}
