import { compilePolicy } from '../../config/compile';
import { parseOrganization } from '../../config/organization';
import { controlById } from '../../controls/registry';
import { findingEventDetailType } from '../../core/finding-event';
import { ledgerTableName, stopSwitchPartition } from '../../core/names';
import { findingMessage } from '../../member-functions/rule/finding-message';
import { playedTypes } from '../faults/resource-types/played';
import type { ResourceType } from '../faults/resource-types/resource-type';
import { scenarios } from '../faults/scenarios/registry';
import type { Scenario } from '../faults/scenarios/scenario';
import { World } from '../faults/world';
import { accounts, mendedEvent } from '../support/findings';
import { authorizeEvent, lookMessage, trailEvent } from '../support/trail-events';
import { type Kind, kinds, type Samples } from './exchanged';

/** Longer than any function lasts. */
const longest = 200_000;

const policyText = `
organization: { id: o-exampleorg1, managementAccount: "999999999999" }
hub: { account: "${accounts.hub}", region: eu-west-1 }
regions: [eu-west-1, us-east-1]
targets: [ou-abcd-11111111]
autoResponse:
  default: off
  organizationalUnits: { ou-abcd-11111111: approval }
  accounts: { "${accounts.on}": on }
slack: { channel: C0123456789 }
`;

/**
 * Plays scenarios of every resource type over AWS in memory, and keeps the shortest of each sort of what this version hands over: what
 * differs in its state, in how it ended, or in the keys that it has. The same in each run.
 */
export async function samplesOfThisVersion(): Promise<Samples> {
  const samples = Object.fromEntries(kinds.map((kind) => [kind, {}])) as Samples;
  const keep = (kind: Kind, name: string, value: unknown) => {
    const text = JSON.stringify(value);
    const kept = samples[kind][name];
    if (kept === undefined || text.length < JSON.stringify(kept).length)
      samples[kind][name] = JSON.parse(text);
  };
  for (const type of playedTypes()) {
    keepMessages(type, keep);
    // What tells orders and states apart is the same for every type.
    const first = type === playedTypes()[0];
    const played = scenarios.filter(({ variant }) => type.variants.includes(variant));
    for (const scenario of first ? played : played.slice(0, 6)) await playAndKeep(scenario, type, keep);
  }
  keep('policies', 'of an organization', compilePolicy(parseOrganization(policyText, 'organization.yaml')));
  return samples;
}

type Keep = (kind: Kind, name: string, value: unknown) => void;

function keepMessages(type: ResourceType, keep: Keep): void {
  const identity = type.identity(accounts.on);
  const control = controlById(identity.control);
  if (control?.kind !== 'custom') throw new Error(`${identity.control} fixes nothing.`);
  const source = { ...identity, capturedAt: new Date('2026-11-23T09:59:00.000Z') };
  const violations = [{ kind: 'open', text: 'It is open to the internet.', detail: { port: 22 } }];
  const verdict = { compliance: 'NON_COMPLIANT' as const, violations, steps: [{}], hubMustLook: true };
  keep('messages', `finding of a ${type.name}`, findingMessage(control, source, verdict));
  keep('messages', `look of a ${type.name}`, JSON.parse(lookMessage(identity)));
  for (const to of ['COMPLIANT', 'NON_COMPLIANT', 'NOT_APPLICABLE']) {
    keep('messages', `${to} of a ${type.name}`, JSON.parse(mendedEvent(identity, { to })));
  }
  const authorized = { ...identity, resourceId: 'sg-0123456789abcdef0' };
  keep('messages', 'call that opens a group', JSON.parse(authorizeEvent(authorized)));
  const published = {
    eventSource: 's3.amazonaws.com',
    eventName: 'DeleteBucketPublicAccessBlock',
    requestParameters: { bucketName: 'example-bucket' },
  };
  keep('messages', 'call that opens a bucket', JSON.parse(trailEvent(identity, published)));
}

/** Plays a scenario to its end; before each call the ledger is looked at. */
async function playAndKeep(scenario: Scenario, type: ResourceType, keep: Keep): Promise<void> {
  const { variant, accountId, policy } = scenario;
  const world = new World({ type, variant, ...(accountId && { accountId }), ...(policy && { policy }) });
  const { aws, hub } = world;
  const plan = aws.calls.plan;
  aws.calls.plan = (call) => {
    for (const item of aws.dynamoDb.peek(ledgerTableName)) keepItem(item, keep);
    return plan(call);
  };
  for (const [name, { handler, ...invoked }] of aws.lambda.functions) {
    if (!name.startsWith('staunch-remediate-')) continue;
    aws.lambda.functions.set(name, {
      ...invoked,
      handler: async (payload, context) => {
        const answer = await handler(payload, context);
        keep('answers', `${type.name}: ${sortOf(answer, 'outcome')}`, answer);
        return answer;
      },
    });
  }
  const order = hub.order.bind(hub);
  hub.order = async (request, identity) => {
    keep('orders', sortOf(request, 'order'), request);
    const reply = await order(request, identity);
    if (reply && 'done' in reply.body) keep('orderAnswers', sortOf(reply.body, 'done'), reply.body);
    return reply;
  };
  const restore = aws.install();
  try {
    await scenario.run(world);
    await world.rest();
    await hub.pass(longest);
    await world.rest();
  } finally {
    restore();
  }
  for (const { request } of hub.requests) {
    keep('requests', `${type.name}: ${sortOf(request, 'mode')}`, request);
    if (request.mode === 'undo') keep('histories', type.name, request.history);
  }
  // A change of a finding's state does not come to the notifier.
  const told = aws.eventBridge.events.filter(({ detailType }) => detailType !== findingEventDetailType);
  for (const event of told) keepEvent(event, keep);
}

function keepItem(item: Record<string, unknown>, keep: Keep): void {
  if (item.finding === stopSwitchPartition) keep('stops', `of ${item.record}`, item);
  if (!String(item.record).startsWith('occurrence#')) return;
  const state = [item.state, item.heldBy].filter((said) => said !== undefined).join(', by ');
  keep('records', state, item);
  if (item.state === 'fixed' && item.pendingReports !== '{}') keep('records', `${state}, to be told`, item);
}

/** As EventBridge delivers it. */
function keepEvent(
  { source, detailType, detail, at }: World['aws']['eventBridge']['events'][number],
  keep: Keep,
): void {
  const time = at.toISOString();
  const envelope = { version: '0', id: 'event-1', account: accounts.hub, region: 'eu-west-1', resources: [] };
  const { state = '', noticeId = '' } = Object(detail);
  const sort = state || String(noticeId).split('#')[0];
  keep('events', `${detailType}: ${sort}`, { ...envelope, source, 'detail-type': detailType, time, detail });
}

/** What something is, and which keys it has beside those that all have. */
function sortOf(value: unknown, key: string): string {
  const parts = Object(value);
  return `${String(parts[key])} with ${Object.keys(parts).sort().join(', ')}`;
}
