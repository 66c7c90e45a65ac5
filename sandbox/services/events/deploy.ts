import * as z from 'zod';
import {
  defineHandler,
  ignored,
  ignoredTags,
  type ResourceContext,
} from '../../cloudformation/resource-type';

const statementSchema = z.record(z.string(), z.unknown());

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-events-eventbus.html */
export const eventBus = defineHandler(
  z.strictObject({
    Description: ignored('It is for people.'),
    KmsKeyIdentifier: ignored('The sandbox does not encrypt what it keeps in memory.'),
    Name: z.string(),
    Tags: ignoredTags,
  }),
  async ({ Name }, context) => {
    context.services.events.createEventBus(context.place, Name);
    return {
      ref: Name,
      attributes: { Arn: busArn(Name, context), Name },
      remove: async () => context.services.events.deleteEventBus(context.place, Name),
    };
  },
  { action: 'events:CreateEventBus' },
);

/**
 * Makes the handler of bus policies. Each resource of that type is one statement of its bus's policy, so the handler
 * keeps the statements of every bus by their id.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-events-eventbuspolicy.html
 */
export function createEventBusPolicyHandler() {
  const policies = new Map<string, Map<string, unknown>>();
  return defineHandler(
    z.strictObject({
      EventBusName: z.string().default('default'),
      Statement: statementSchema,
      StatementId: z.string(),
    }),
    async ({ EventBusName, Statement, StatementId }, { gateway, ...context }) => {
      const arn = busArn(EventBusName, context);
      const statements = policies.get(arn) ?? new Map<string, unknown>();
      policies.set(arn, statements);
      const publish = () =>
        gateway.setResourcePolicy(
          arn,
          statements.size === 0
            ? undefined
            : JSON.stringify({ Version: '2012-10-17', Statement: [...statements.values()] }),
        );
      statements.set(StatementId, { ...Statement, Sid: StatementId });
      publish();
      return {
        ref: StatementId,
        attributes: {},
        remove: async () => {
          statements.delete(StatementId);
          publish();
        },
      };
    },
    { action: 'events:PutPermission', mayDiffer: (name) => name === 'Statement' },
  );
}

const target = z.strictObject({
  Arn: z.string(),
  Id: z.string(),
  Input: z.string().optional(),
  RetryPolicy: ignored('The sandbox does not repeat a delivery that failed.'),
  RoleArn: z.string().optional(),
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-events-rule.html */
export const rule = defineHandler(
  z.strictObject({
    Description: ignored('It is for people.'),
    EventBusName: z.string().default('default'),
    EventPattern: statementSchema.optional(),
    Name: z.string().optional(),
    ScheduleExpression: z.string().optional(),
    State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
    Tags: ignoredTags,
    Targets: z.array(target).default([]),
  }),
  async (properties, context) => {
    const { EventPattern, ScheduleExpression, Targets } = properties;
    const name = properties.Name ?? context.generatedName(64);
    const eventBusName = properties.EventBusName.replace(/^.*:event-bus\//, '');
    const ownBus = eventBusName !== 'default';
    const { accountId, region } = context.place;
    const arn = `arn:aws:events:${region}:${accountId}:rule/${ownBus ? `${eventBusName}/` : ''}${name}`;
    context.services.events.putRule({
      ...context.place,
      name,
      arn,
      eventBusName,
      enabled: properties.State === 'ENABLED',
      targets: Targets.map(({ Arn, Id, Input, RoleArn }) => ({
        id: Id,
        arn: Arn,
        ...(RoleArn !== undefined && { roleArn: RoleArn }),
        ...(Input !== undefined && { input: Input }),
      })),
      ...(EventPattern && { eventPattern: EventPattern }),
      ...(ScheduleExpression !== undefined && { scheduleExpression: ScheduleExpression }),
    });
    return {
      ref: ownBus ? `${eventBusName}|${name}` : name,
      attributes: { Arn: arn },
      remove: async () => context.services.events.deleteRule(arn),
    };
  },
  { action: 'events:PutRule', mayDiffer: (name) => name !== 'Name' && name !== 'EventBusName' },
);

function busArn(nameOrArn: string, { place }: Pick<ResourceContext, 'place'>): string {
  if (nameOrArn.startsWith('arn:')) return nameOrArn;
  return `arn:aws:events:${place.region}:${place.accountId}:event-bus/${nameOrArn}`;
}

/** The service's resource types in templates. */
export const resourceTypes = () => ({
  'AWS::Events::EventBus': eventBus,
  'AWS::Events::EventBusPolicy': createEventBusPolicyHandler(),
  'AWS::Events::Rule': rule,
});
