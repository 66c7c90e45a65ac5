import type { Principal } from '../../../../sandbox/gateway/api';
import type { RequestContext } from '../../../../sandbox/gateway/authorization/context';
import { type AccessQuestion, decide } from '../../../../sandbox/gateway/authorization/decide';
import { parsePolicy } from '../../../../sandbox/gateway/authorization/policy';

export const member = '111111111111';
export const hub = '222222222222';

/** A session of the member's rule role. */
export const ruleSession: Principal = {
  kind: 'role',
  accountId: member,
  arn: `arn:aws:sts::${member}:assumed-role/rule/session`,
  roleArn: `arn:aws:iam::${member}:role/staunch/rule`,
};

export const administrator: Principal = {
  kind: 'account',
  accountId: member,
  arn: `arn:aws:iam::${member}:root`,
};

/** A policy document of the given statements, in the version that knows variables. */
export function policy(...statements: object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

/** A policy variable: `${name}`. */
export function variable(name: string): string {
  return `\${${name}}`;
}

/** A request, and the policies that decide it, as documents. */
export interface Situation {
  principal?: Principal;
  action?: string;
  resource?: string;
  resourceAccountId?: string;
  context?: RequestContext;
  identity?: string[] | 'administrator';
  session?: string;
  resourcePolicy?: string;
  resourcePolicyRequired?: boolean;
  /** Service control policies, level by level from the root. */
  control?: string[][];
}

export const queue = `arn:aws:sqs:eu-west-1:${member}:queue`;

/** Asks the engine; by default the rule session wants to send to a queue of its own account. */
export function ask(situation: Situation): { allowed: boolean; reason: string } {
  const { identity = [], session, resourcePolicy } = situation;
  const question: AccessQuestion = {
    request: {
      principal: situation.principal ?? ruleSession,
      action: situation.action ?? 'sqs:SendMessage',
      resource: situation.resource ?? queue,
      resourceAccountId: situation.resourceAccountId ?? member,
      context: situation.context ?? {},
    },
    ...(situation.control && {
      serviceControlPolicies: situation.control.map((level) =>
        level.map((text) => parsePolicy(text, 'service-control')),
      ),
    }),
    identityPolicies:
      identity === 'administrator' ? identity : identity.map((text) => parsePolicy(text, 'identity')),
    ...(session !== undefined && { sessionPolicy: parsePolicy(session, 'session') }),
    ...(resourcePolicy !== undefined && {
      resourcePolicy: parsePolicy(
        resourcePolicy,
        situation.action === 'sts:AssumeRole' ? 'trust' : 'resource',
      ),
    }),
    resourcePolicyRequired: situation.resourcePolicyRequired ?? false,
  };
  return decide(question);
}
