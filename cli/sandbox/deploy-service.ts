import { OperatorError } from '../../operator/errors';
import { UnsupportedError } from '../../sandbox/failures';
import { AccessDeniedError, type ApiAnswer } from '../../sandbox/gateway/api';
import type { Sandbox } from '../../sandbox/sandbox';
import type { SandboxPolicyFile } from '../../sandbox/scenario/policy-file';
import { policyTextOf } from '../../sandbox/scenario/sandbox';
import { SynthesisError } from '../../sandbox/synthesize';
import { standardOutput } from '../terminal';
import { UserError } from '../user-error';
import { policySummary } from '../validate/policy-summary';
import { type DeployAnswer, deployOperation, deployRequestSchema, sandboxService } from './deploy-protocol';
import { parsePolicyFile, policyProblemLines } from './policy-checks';

/** What deploying takes of a sandbox. */
type DeployingSandbox = Pick<Sandbox, 'gateway' | 'hub' | 'organization' | 'redeploy'>;

/** Has a kept sandbox deploy policies: `staunch sandbox deploy` asks for it, as an administrator of the hub's account. */
export function serveDeployments(sandbox: DeployingSandbox): void {
  // One after another: an update begins where the last one ended.
  let last: Promise<unknown> = Promise.resolve();
  sandbox.gateway.own(sandboxService, async ({ operation, principal, parameters }) => {
    if (operation !== deployOperation)
      throw new UnsupportedError(`There is ${deployOperation}, and no ${operation}.`);
    if (principal.kind !== 'account' || principal.accountId !== sandbox.hub.accountId) {
      const { accountId } = sandbox.hub;
      throw new AccessDeniedError(
        `A policy is deployed by the hub's account: export AWS_ACCESS_KEY_ID=${accountId}`,
      );
    }
    const asked = deployRequestSchema.safeParse(parameters);
    if (!asked.success) throw new UnsupportedError('It takes a policy file: its name and its text.');
    const deployment = last.then(() => deploy(sandbox, asked.data));
    last = deployment.catch(() => {});
    return json(await deployment);
  });
}

async function deploy(sandbox: DeployingSandbox, file: SandboxPolicyFile): Promise<DeployAnswer> {
  try {
    const policy = parsePolicyFile(file, sandbox.organization);
    await sandbox.redeploy((organization) => policyTextOf(file, organization));
    const problems = await policyProblemLines(sandbox, file, standardOutput({}).colours);
    return {
      done: true,
      text: [...problems, `${file.name} is deployed: ${policySummary(policy)}`].join('\n'),
    };
  } catch (error) {
    const expected = [UserError, OperatorError, SynthesisError, UnsupportedError];
    if (error instanceof Error && expected.some((kind) => error instanceof kind))
      return { done: false, text: error.message };
    throw error;
  }
}

function json(answer: DeployAnswer): ApiAnswer {
  return {
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify(answer),
  };
}
