import { OperatorError } from '../../operator/errors';
import { ResourceError } from '../../sandbox/cloudformation/errors';
import { StackSetError } from '../../sandbox/cloudformation/stack-sets/error';
import { UnsupportedError } from '../../sandbox/failures';
import { AccessDeniedError, type ApiAnswer, type Principal } from '../../sandbox/gateway/api';
import type { Sandbox } from '../../sandbox/sandbox';
import { type SandboxPolicyFile, withOwnKeys } from '../../sandbox/scenario/policy-file';
import { policyTextOf } from '../../sandbox/scenario/sandbox';
import { SynthesisError } from '../../sandbox/synthesize';
import { standardOutput } from '../terminal';
import { UserError } from '../user-error';
import { policySummary } from '../validate/policy-summary';
import {
  type DeployAnswer,
  deployRequestSchema,
  type SandboxOperation,
  sandboxService,
} from './deploy-protocol';
import { parsePolicyFile, policyProblemLines } from './policy-checks';

/** What deploying takes of a sandbox. */
type DeployingSandbox = Pick<Sandbox, 'gateway' | 'hub' | 'organization' | 'redeploy' | 'log'>;

/**
 * Has a kept sandbox deploy policies: `staunch sandbox deploy` asks for it, as an administrator of the hub's account; and tell how
 * they would be deployed, which `staunch plan` and `staunch explain` ask for.
 */
export function serveDeployments(sandbox: DeployingSandbox): void {
  // One after another: an update begins where the last one ended.
  let last: Promise<unknown> = Promise.resolve();
  const operations: Record<SandboxOperation, (file: SandboxPolicyFile) => Promise<DeployAnswer>> = {
    CompletePolicy: async ({ text }) => ({ done: true, text: withOwnKeys(text, sandbox.organization) }),
    DeployPolicy: (file) => {
      const deployment = last.then(() => deploy(sandbox, file));
      last = deployment.catch(() => {});
      return deployment;
    },
  };
  serve(sandbox, operations, (asked, principal) => {
    if (asked === 'DeployPolicy') checkHub(sandbox, principal);
  });
}

/** The same where `staunch deploy` deploys: there a policy is whole as it is. */
export function serveInstallation(sandbox: Pick<Sandbox, 'gateway'>): void {
  serve(sandbox, {
    CompletePolicy: async ({ text }) => ({ done: true, text }),
    DeployPolicy: async () => ({ done: false, text: 'Deploy here with `staunch deploy`.' }),
  });
}

function serve(
  { gateway }: Pick<Sandbox, 'gateway'>,
  operations: Record<SandboxOperation, (file: SandboxPolicyFile) => Promise<DeployAnswer>>,
  check: (asked: SandboxOperation, principal: Principal) => void = () => {},
): void {
  gateway.own(sandboxService, async ({ operation, principal, parameters }) => {
    if (!Object.hasOwn(operations, operation))
      throw new UnsupportedError(`There is ${Object.keys(operations).join(' and ')}, and no ${operation}.`);
    const asked = operation as SandboxOperation;
    check(asked, principal);
    const file = deployRequestSchema.safeParse(parameters);
    if (!file.success) throw new UnsupportedError('It takes a policy file: its name and its text.');
    return json(await operations[asked](file.data));
  });
}

function checkHub({ hub: { accountId } }: DeployingSandbox, principal: Principal): void {
  if (principal.kind === 'account' && principal.accountId === accountId) return;
  throw new AccessDeniedError(
    `A policy is deployed by the hub's account: export AWS_ACCESS_KEY_ID=${accountId}, and unset AWS_SESSION_TOKEN.`,
  );
}

async function deploy(sandbox: DeployingSandbox, file: SandboxPolicyFile): Promise<DeployAnswer> {
  try {
    const policy = parsePolicyFile(file, sandbox.organization);
    const failed = await failuresDuring(sandbox, () =>
      sandbox.redeploy((organization) => policyTextOf(file, organization)),
    );
    const problems = await policyProblemLines(sandbox, file, standardOutput({}).colours);
    return {
      done: failed.length === 0,
      text: [
        ...problems,
        `${file.name} is deployed: ${policySummary(policy)}`,
        ...(failed.length === 0 ? [] : ['But in members these stacks failed:', ...failed]),
      ].join('\n'),
    };
  } catch (error) {
    const expected = [
      UserError,
      OperatorError,
      SynthesisError,
      UnsupportedError,
      ResourceError,
      StackSetError,
    ];
    if (error instanceof Error && expected.some((kind) => error instanceof kind))
      return { done: false, text: error.message };
    throw error;
  }
}

/** The stacks of members that failed while something was deployed, a line each, with AWS's reason. */
async function failuresDuring({ log }: DeployingSandbox, work: () => Promise<void>): Promise<string[]> {
  const failed: string[] = [];
  const stop = log.listen((event) => {
    if (event.kind === 'stack-failed')
      failed.push(`  - ${event.stackSet} in account ${event.accountId}, ${event.region}: ${event.reason}`);
  });
  try {
    await work();
    return failed;
  } finally {
    stop();
  }
}

function json(answer: DeployAnswer): ApiAnswer {
  return {
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify(answer),
  };
}
