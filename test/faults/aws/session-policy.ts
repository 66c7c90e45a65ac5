import * as z from 'zod/mini';
import { serviceError } from './service-error';

const texts = z.union([z.string(), z.array(z.string())]);

/** What session policies of Staunch consist of; anything else is refused, since it would not be enforced here. */
const policySchema = z.strictObject({
  Version: z.literal('2012-10-17'),
  Statement: z.array(
    z.strictObject({
      Effect: z.literal('Allow'),
      Action: texts,
      Resource: texts,
      Condition: z.optional(z.strictObject({ StringEquals: z.record(z.string(), z.string()) })),
    }),
  ),
});

/** One statement that allows something. */
export interface SessionGrant {
  actions: readonly RegExp[];
  resources: readonly RegExp[];
  /** Keys of the call's context that have to have these values. */
  equals: Readonly<Record<string, string>>;
}

/**
 * Reads a session policy.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session
 * @throws MalformedPolicyDocument when it is none, or says something that is not enforced here
 */
export function parseSessionPolicy(text: string): SessionGrant[] {
  if (text.length > 2048) throw malformed('A session policy has 2048 characters at most.');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed('It is not JSON.');
  }
  const policy = policySchema.safeParse(value);
  if (!policy.success) throw malformed(JSON.stringify(policy.error.issues));
  return policy.data.Statement.map(({ Action, Resource, Condition }) => ({
    actions: [Action].flat().map((pattern) => wildcard(pattern, 'i')),
    resources: [Resource].flat().map((pattern) => wildcard(pattern)),
    equals: Condition?.StringEquals ?? {},
  }));
}

function malformed(message: string): Error {
  return serviceError('STS', 'MalformedPolicyDocument', message);
}

const wildcards = new Map<string, RegExp>();

/** A pattern of IAM's, in which `*` stands for any text and `?` for one character. */
function wildcard(pattern: string, flags = ''): RegExp {
  const name = `${flags} ${pattern}`;
  const known = wildcards.get(name);
  if (known) return known;
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  const compiled = new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, flags);
  wildcards.set(name, compiled);
  return compiled;
}

/** Whether a statement allows an action on a resource. */
export function allows(
  { actions, resources, equals }: SessionGrant,
  action: string,
  resource: string,
  context: Readonly<Record<string, string>>,
): boolean {
  return (
    actions.some((pattern) => pattern.test(action)) &&
    resources.some((pattern) => pattern.test(resource)) &&
    Object.entries(equals).every(([key, value]) => context[key] === value)
  );
}
