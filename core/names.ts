/**
 * Every name that one account uses to refer to a resource in another. They are deterministic, so that no template needs
 * a lookup, and no name depends on an id that CloudFormation chooses.
 */

import { type Partition, partitionOf } from './partition';

const prefix = 'staunch';

/** Path of every IAM role that Staunch creates. */
export const iamPath = '/staunch/';

/** The tag of everything that Staunch deploys. */
export const tagKey = prefix;
/** Its value. */
export const tagValue = 'deployed';

/** Names of IAM roles, without their path. */
export const roleNames = {
  coordinator: `${prefix}-coordinator`,
  notifier: `${prefix}-notifier`,
  /** Execution role of the patrol's dispatcher, which assumes `patrol` in members. */
  patrolDispatcher: `${prefix}-patrol-dispatcher`,
  /** In members: lists and describes for the patrol. The hub may be a member, so that no function of the hub has this name. */
  patrol: `${prefix}-patrol`,
  /** In the hub: principals of its account assume it to ask how the members are. */
  doctor: `${prefix}-doctor`,
  /** In members: sends the doctor's probes on their way, and can do nothing else. */
  probe: `${prefix}-probe`,
  read: `${prefix}-read`,
  remediation: `${prefix}-remediation`,
  /** Execution role of the rule function; one per account, shared by its Regions. */
  rule: `${prefix}-rule`,
  configRecorder: `${prefix}-config-recorder`,
  forwardEvents: `${prefix}-forward-events`,
} as const;

/** How the name of each of Staunch's stack sets begins. */
export const stackSetPrefix = `${prefix}-`;

/** What a stack set deploys into members. */
export const stackSetKinds = ['access', 'remediation', 'trail', 'recorder', 'rules'] as const;

/** What a stack set deploys into members. */
export type StackSetKind = (typeof stackSetKinds)[number];

/**
 * Name of a stack set.
 * @param accounts whether it is the one beside the other, without auto-deployment, for single accounts
 * @param pilot whether it is the pilot's
 */
export function stackSetName(kind: StackSetKind, { accounts = false, pilot = false } = {}): string {
  return `${prefix}-${kind}${accounts ? '-accounts' : ''}${pilot ? '-pilot' : ''}`;
}

/** Names of the stack sets; those of the pilot end in `-pilot` besides. */
export const stackSetNames = {
  access: stackSetName('access'),
  remediation: stackSetName('remediation'),
  remediationAccounts: stackSetName('remediation', { accounts: true }),
  trail: stackSetName('trail'),
  recorder: stackSetName('recorder'),
  rules: stackSetName('rules'),
} as const;

/** Names of the stacks in the hub. */
export const stackNames = {
  hub: `${prefix}-hub`,
  pilot: `${prefix}-stack-sets-pilot`,
  rest: `${prefix}-stack-sets`,
} as const;

/** Name of the plain stack of an account that no stack set reaches, in each Region. */
export const accountStackName = `${prefix}-account`;

/** What the app calls that stack of a Region. */
export function accountStackId(region: string): string {
  return `${accountStackName}-${region}`;
}

/** How the name of a stack begins that the stack set of the roles makes in a member; its end is an id. */
export const memberAccessStackPrefix = `StackSet-${stackSetNames.access}`;

/** ARN of one of Staunch's roles. */
export function roleArn(accountId: string, roleName: string, partition: Partition): string {
  return `arn:${partition}:iam::${accountId}:role${iamPath}${roleName}`;
}

/** Names of queues in the hub. */
export const queueNames = {
  remediation: `${prefix}-remediation`,
  remediationDeadLetters: `${prefix}-remediation-dead-letters`,
  notifier: `${prefix}-notifier`,
  notifierDeadLetters: `${prefix}-notifier-dead-letters`,
  /** Accounts and Regions that the patrol has to walk. */
  patrol: `${prefix}-patrol`,
  patrolDeadLetters: `${prefix}-patrol-dead-letters`,
  /** Channels of Slack that have something to post; one message group a channel. */
  slackPosts: `${prefix}-slack-posts.fifo`,
  slackPostsDeadLetters: `${prefix}-slack-posts-dead-letters.fifo`,
  /** What people do in Slack, verified. */
  slackActions: `${prefix}-slack-actions`,
  slackActionsDeadLetters: `${prefix}-slack-actions-dead-letters`,
  /** Changes of findings' states, on their way to Security Hub; there only where the policy wants that. */
  securityHub: `${prefix}-security-hub`,
  securityHubDeadLetters: `${prefix}-security-hub-dead-letters`,
} as const;

/** The ledger's table in the hub. */
export const ledgerTableName = `${prefix}-ledger`;
/** The sparse index over ledger records that the sweep has to look at again. */
export const ledgerDueIndexName = 'due';
/** The sparse index over findings that are open and take one of their account's places. */
export const ledgerOpenIndexName = 'open';
/** Partition key of the stop switch, the only items of the ledger that remediation functions may read. */
export const stopSwitchPartition = 'stop-switch';
/** Partition key of the organization's tree, and of its parts. */
export const treePartition = 'organization';
/** Partition key of the accounts and units that the policy's names were bound to, and of what changed under which policy. */
export const policyPartition = 'policy';
/** Partition key of what the patrol covered, which its dispatcher alone writes. */
export const coveragePartition = 'coverage';
/** Partition key of the stacks of members that failed, the only item of the ledger that the reconcile may write. */
export const stackFailuresPartition = 'stack-failures';
/** Partition key of what the daily doctor found, the only item of the ledger that it may write. */
export const doctorGapsPartition = 'doctor-gaps';
/** Partition key of the rounds of probes, which the doctor's role writes, each with the secret of its marks. */
export const probesPartition = 'probes';
/** Begins the partition key of the probes of one round that arrived, which the coordinator alone writes and the doctor's role reads. */
export const probeArrivalsPrefix = 'probe-arrivals#';
/** Begins the partition key of every card: what a message of the channel shows. */
export const cardPrefix = 'card#';
/** Begins the partition key of the cards that show a finding. */
export const cardOfPrefix = 'card-of#';
/** Begins the partition key of what a channel of Slack still has to be told. */
export const postPrefix = 'post#';
/** Begins the partition key of every request of Slack that was taken, the only items of the ledger that the front function may write. */
export const slackRequestPrefix = 'slack-request#';
/**
 * Begins the partition key of every order, and of what belongs to orders: the only items of the ledger that the orders function may
 * write.
 */
export const orderPrefix = 'order#';

/**
 * The table in the hub of what was there before and after each fix. It is not the ledger's, so that looking through the
 * ledger reads no saved states.
 */
export const savedStatesTableName = `${prefix}-saved-states`;

/** The event bus in the hub that takes compliance changes and Staunch's own reports. */
export const eventBusName = prefix;

/** ARN of the hub's event bus. */
export function eventBusArn(accountId: string, region: string): string {
  return `arn:${partitionOf(region)}:events:${region}:${accountId}:event-bus/${eventBusName}`;
}

/** The topics in the hub. */
export const topicNames = {
  /** Compliance changes, reports and notices. */
  notifications: `${prefix}-notifications`,
  /** Alarms, for those who run Staunch. */
  alarms: `${prefix}-alarms`,
} as const;

/** The secret in the hub that holds the Slack bot token: the plain token as secret string. */
export const slackSecretName = `${prefix}/slack-bot-token`;
/** The secret in the hub that holds the Slack app's signing secret: the plain secret as secret string. */
export const slackSigningSecretName = `${prefix}/slack-signing-secret`;

/** Names of functions in the hub. */
export const functionNames = {
  coordinator: `${prefix}-coordinator`,
  notifier: `${prefix}-notifier`,
  /** Takes roles in members for the patrol, and keeps what it covered. */
  patrolDispatcher: `${prefix}-patrol-dispatcher`,
  /** Walks one account in one Region with the session that it is handed. */
  patrolWalker: `${prefix}-patrol-walker`,
  /** Takes people's orders from the door, and hands them to the coordinator. */
  orders: `${prefix}-orders`,
  /** Takes what people do in Slack, signed by Slack, and opens the forms. */
  slackFront: `${prefix}-slack`,
  /** Finds out who did something in Slack, and gives the order at the door. */
  slackActions: `${prefix}-slack-actions`,
  /** Posts to channels of Slack what the ledger's cards say. */
  slackPoster: `${prefix}-slack-poster`,
  /** Imports findings into Security Hub, where the policy wants that. */
  securityHub: `${prefix}-security-hub`,
  /** Removes stacks of the stack sets where the policy has none, and tries failed ones again. */
  reconcile: `${prefix}-reconcile`,
  /** Asks each day how the members are. The role that people assume for that has the shorter name. */
  dailyDoctor: `${prefix}-daily-doctor`,
} as const;

/** The hub's dashboard in CloudWatch. */
export const dashboardName = prefix;

/** The REST API in the hub that takes people's orders. */
export const ordersApiName = `${prefix}-orders`;
/** The REST API in the hub that takes what people do in Slack. */
export const slackApiName = `${prefix}-slack`;
/** Where the hub's account keeps the URL to which orders are posted, in SSM Parameter Store. */
export const ordersUrlParameter = `/${prefix}/orders-url`;
/** Where it keeps the request URL of the Slack app. */
export const slackUrlParameter = `/${prefix}/slack-url`;

/** Name of the remediation function, and of its role, for a resource type's slug, for example `security-group`. */
export function remediationFunctionName(slug: string): string {
  return `${prefix}-remediate-${slug}`;
}

/** Name of the AWS Config rule of a control, in every member account and Region. */
export function configRuleName(controlId: string): string {
  return `${prefix}-${controlId}`;
}

/** The id of the control whose AWS Config rule has this name, or undefined when the rule is not one of Staunch's. */
export function controlIdOfConfigRule(ruleName: string): string | undefined {
  return ruleName.startsWith(`${prefix}-`) ? ruleName.slice(prefix.length + 1) : undefined;
}

/** Name of the function of all custom controls' rules, in every member account and Region. */
export const ruleFunctionName = `${prefix}-rule`;

/**
 * The bucket in the hub to which every member's AWS Config delivers its history; one per hub. The names of buckets are
 * shared by all of AWS's customers, so that somebody else may have the usual one; the policy can give another.
 */
export function configBucketName(hub: { account: string; deliveryBucket?: string | undefined }): string {
  return hub.deliveryBucket ?? `${prefix}-config-${hub.account}`;
}

/** Name of the EventBridge rule that forwards recorded calls about a resource type, in every member account and Region. */
export function trailForwardingRuleName(slug: string): string {
  return `${prefix}-forward-trail-${slug}`;
}

/** Name of the EventBridge rule that forwards the doctor's own recorded calls, in every member account and Region. */
export const probeForwardingRuleName = trailForwardingRuleName('probe');
