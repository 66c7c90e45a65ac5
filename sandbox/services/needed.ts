import type { ApiCall } from '../gateway/api';
import { orArn } from '../gateway/arn';
import type { RequestContext } from '../gateway/authorization/context';
import { type Learned, nameKey } from '../gateway/learned';

/** One permission that an operation needs. */
export interface NeededAccess {
  /** For example `sqs:SendMessage`. */
  action: string;
  /** ARN, or `*` for actions that AWS cannot limit to a resource. */
  resource: string;
  /** Owner of the resource. Default: the account that the call reaches. */
  resourceAccountId?: string;
  /** Condition keys beyond the global ones, lower-case names. */
  context?: RequestContext;
}

/** What a call of one operation needs. */
export type Needs = (call: ApiCall, learned: Learned) => NeededAccess[];

/** What the operations of one service need, by operation. */
export type ServiceNeeds = Readonly<Record<string, Needs>>;

/** Operations whose action has the operation's own name, on the resource that `resourceOf` finds. */
export function sameName(
  service: string,
  operations: readonly string[],
  resourceOf: (call: ApiCall, learned: Learned) => string,
): ServiceNeeds {
  return Object.fromEntries(
    operations.map((operation) => [
      operation,
      (call: ApiCall, learned: Learned) => [
        { action: `${service}:${operation}`, resource: resourceOf(call, learned) },
      ],
    ]),
  );
}

/** The resource of actions that AWS cannot limit to one. */
export function anyResource(): string {
  return '*';
}

/** The ARN that a name stands for: AWS adds random characters to a secret's, and an alias points to a key. */
export function namedArn(call: ApiCall, learned: Learned, name: unknown, kind: string): string {
  const { service, accountId, region } = call;
  const known = learned.namedArns.get(nameKey(service, accountId, region, String(name)));
  return known ?? orArn(name, `arn:aws:${service}:${region}:${accountId}:${kind}${name}`);
}
