import * as z from 'zod/mini';

/**
 * What AWS Config sends to a custom rule's function, without what no rule function reads. `invokingEvent` is JSON text:
 * https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config_develop-rules_example-events.html
 */
const invocationSchema = z.object({
  invokingEvent: z.string(),
  resultToken: z.string(),
  eventLeftScope: z.optional(z.boolean()),
  accountId: z.string(),
  configRuleName: z.optional(z.string()),
});

const summarySchema = z.object({
  resourceType: z.string(),
  resourceId: z.string(),
});

/** One for all parts: a function builds its schemas whenever it starts. */
const partSchema = z.optional(z.nullable(z.record(z.string(), z.unknown())));

const notificationSchema = z.object({
  messageType: z.string(),
  configurationItem: partSchema,
  configurationItemSummary: partSchema,
  configurationItemDiff: partSchema,
});

/** One invocation of a rule function, understood as far as every rule needs. */
export interface RuleInvocation {
  accountId: string;
  resultToken: string;
  /** The rule that the function is invoked for; absent only where the event does not say. */
  ruleName?: string;
  /** True when the resource is no longer in the rule's scope. */
  leftScope: boolean;
  /**
   * - `item`: a configuration item, with what changed since the one before (undefined when AWS Config does not say). It is
   *   no change when AWS Config hands over what it recorded before, because the rule is new or was changed, or somebody
   *   started an evaluation: `configurationItemDiff` is null then.
   *   https://repost.aws/knowledge-center/config-configurationitemdiff
   * - `oversized`: the item exceeded what an invocation carries; it has to be fetched.
   * - `other`: a message that is about no resource, for example `ScheduledNotification`.
   */
  notification:
    | {
        kind: 'item';
        item: Record<string, unknown>;
        isChange: boolean;
        changedProperties: string[] | undefined;
      }
    | { kind: 'oversized'; resourceType: string; resourceId: string; summary: Record<string, unknown> }
    | { kind: 'other'; messageType: string };
}

/** Thrown when an invocation is not what AWS Config sends. The message says what is wrong with it. */
export class InvocationError extends Error {
  override readonly name = 'InvocationError';
}

/**
 * Understands the event of a rule invocation.
 * @throws InvocationError when it is not a rule invocation.
 */
export function parseInvocation(event: unknown): RuleInvocation {
  const invocation = parse(invocationSchema, event, 'the event');
  const notification = parse(
    notificationSchema,
    parseJson(invocation.invokingEvent, 'invokingEvent'),
    'invokingEvent',
  );
  return {
    accountId: invocation.accountId,
    resultToken: invocation.resultToken,
    ...(invocation.configRuleName !== undefined && { ruleName: invocation.configRuleName }),
    leftScope: invocation.eventLeftScope ?? false,
    notification: understand(notification),
  };
}

function understand(notification: z.infer<typeof notificationSchema>): RuleInvocation['notification'] {
  if (notification.configurationItem) {
    return {
      kind: 'item',
      item: notification.configurationItem,
      isChange: (notification.configurationItemDiff ?? null) !== null,
      changedProperties: changedPropertiesOf(notification.configurationItemDiff),
    };
  }
  if (notification.configurationItemSummary) {
    const summary = parse(
      summarySchema,
      notification.configurationItemSummary,
      'invokingEvent.configurationItemSummary',
    );
    return { kind: 'oversized', ...summary, summary: notification.configurationItemSummary };
  }
  return { kind: 'other', messageType: notification.messageType };
}

/** Only an UPDATE leaves some of the resource as it was; of a CREATE, or without a diff, everything counts as changed. */
function changedPropertiesOf(diff: Record<string, unknown> | null | undefined): string[] | undefined {
  const changed = diff?.changedProperties;
  if (diff?.changeType !== 'UPDATE' || typeof changed !== 'object' || changed === null) return undefined;
  return Object.keys(changed);
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InvocationError(`${where} is not JSON: ${(error as Error).message}`);
  }
}

function parse<T>(schema: z.ZodMiniType<T>, value: unknown, where: string): T {
  const result = z.safeParse(schema, value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new InvocationError(
    `${[where, ...(issue?.path ?? [])].join('.')} is not what AWS Config sends: ${issue?.message}`,
  );
}
