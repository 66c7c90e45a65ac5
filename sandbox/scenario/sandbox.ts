import type { TransformTemplate } from '../cloudformation/deploy';
import type { EventLog } from '../events';
import { type Sandbox, startSandbox } from '../sandbox';
import { synthesize } from '../synthesize';
import { hubAccount, regions, units } from './organization';
import { type PolicyChange, sandboxPolicy, slackChannel } from './policy';

/** What may differ from one run of the scenario's organization to another. */
export interface ScenarioSandboxOptions {
  projectDirectory: string;
  timeScale: number;
  log?: EventLog;
  say?: (text: string) => void;
  transformTemplate?: TransformTemplate;
  /** What is different in the policy from the scenario's. */
  policy?: PolicyChange;
  /** Stops the start when it is aborted. */
  signal?: AbortSignal;
  /** Makes the cloud assembly; default: synthesizes it anew. */
  assemble?: (policy: string, directory: string) => Promise<string>;
}

/** The account that owns the sandbox's organization. */
const managementAccountId = '100000000001';

/** Brings up the scenario's organization, with Staunch deployed into it. */
export function startScenarioSandbox(options: ScenarioSandboxOptions): Promise<Sandbox> {
  const {
    projectDirectory,
    assemble = (policy, directory) => synthesize(projectDirectory, directory, policy, options.signal),
  } = options;
  return startSandbox({
    ...options,
    tree: { managementAccountId, units, delegatedAdministrator: hubAccount },
    hub: { account: hubAccount, region: regions[0] },
    policyOf: (organization) => sandboxPolicy(organization, options.policy),
    slackChannel,
    assemble,
  });
}
