import * as z from 'zod/mini';
import { parsedJson } from '../../../../core/parsed-json';

const texts = z.union([z.string(), z.array(z.string())]);
const statementSchema = z.looseObject({
  Effect: z.enum(['Allow', 'Deny']),
  Action: z.optional(texts),
  NotAction: z.optional(texts),
  Resource: z.optional(texts),
  NotResource: z.optional(texts),
  Condition: z.optional(z.record(z.string(), z.record(z.string(), texts))),
});
const documentSchema = z.looseObject({
  Statement: z.union([statementSchema, z.array(statementSchema)]),
});

/** A statement of a service control policy. */
export interface ControlStatement {
  effect: 'Allow' | 'Deny';
  /** `config:*`; those that the statement is about, or, where `isNot`, those that it is not about. */
  actions: readonly string[];
  isNot: boolean;
  /** ARN patterns; those that the statement is about, or, where `isNotResources`, those that it is not about. */
  resources: readonly string[];
  isNotResources: boolean;
  /** By operator and key. */
  conditions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/**
 * The statements of a service control policy; undefined where it cannot be understood.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html
 */
export function statementsOf(content: string): ControlStatement[] | undefined {
  const parsed = documentSchema.safeParse(parsedJson(content));
  if (!parsed.success) return undefined;
  return [parsed.data.Statement]
    .flat()
    .map(({ Effect, Action, NotAction, Resource, NotResource, Condition = {} }) => ({
      effect: Effect,
      actions: [Action ?? NotAction ?? []].flat(),
      isNot: Action === undefined,
      resources: [Resource ?? NotResource ?? '*'].flat(),
      isNotResources: Resource === undefined && NotResource !== undefined,
      conditions: Object.fromEntries(
        Object.entries(Condition).map(([operator, keys]) => [
          operator,
          Object.fromEntries(Object.entries(keys).map(([key, values]) => [key, [values].flat()])),
        ]),
      ),
    }));
}
