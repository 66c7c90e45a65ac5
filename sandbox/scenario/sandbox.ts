import type { TransformTemplate } from '../cloudformation/cloudformation';
import type { EventLog } from '../events';
import { keptAssembly } from '../kept-assembly';
import {
  type PolicyText,
  type Sandbox,
  type SandboxDetector,
  type SandboxOptions,
  startSandbox,
} from '../sandbox';
import type { Organization } from '../services/organizations/organization';
import { synthesize } from '../synthesize';
import { hubAccount, regions, units } from './organization';
import { createPeopleRoles } from './people';
import { idOf, type PolicyChange, sandboxPolicy, sandboxPolicyName } from './policy';
import { deployedName, type SandboxPolicyFile, withOwnKeys } from './policy-file';
import { slackWorkspace } from './slack';

/** What may differ from one run of the scenario's organization to another. */
export interface ScenarioSandboxOptions {
  projectDirectory: string;
  timeScale: number;
  /** How much faster pauses after a failure pass, where they differ from schedules; for tests. */
  retryTimeScale?: number;
  log?: EventLog;
  say?: (text: string) => void;
  transformTemplate?: TransformTemplate;
  /** Whether Staunch is deployed at the start; see `startSandbox`. */
  deploy?: boolean;
  /** Which detectors work from the start; default: all. */
  detectors?: readonly SandboxDetector[];
  /** Whether each function gets its first execution environment when it is deployed. */
  prewarm?: boolean;
  /** Milliseconds from a change to its configuration item; default: the sandbox's. For tests. */
  itemDelay?: number;
  /** Milliseconds from a call to its event of CloudTrail; see `startSandbox`. */
  trailDelay?: number;
  /** What is different in the policy from the scenario's. */
  policy?: PolicyChange;
  /** A policy in the scenario's place. */
  policyFile?: SandboxPolicyFile;
  /** Stops the start when it is aborted. */
  signal?: AbortSignal;
  /** A digest of the project's sources: an assembly that was made of the same ones, for the same policy, is used again. */
  sourcesDigest?: string;
  /** Gives an empty moto; see `startSandbox`. */
  moto?: NonNullable<SandboxOptions['moto']>;
  /** Whether Slack's rate limits are kept, and how; see `startSandbox`. */
  slackLimits?: NonNullable<SandboxOptions['slackLimits']>;
  /** Makes the cloud assembly; default: synthesizes it. */
  assemble?: SandboxOptions['assemble'];
}

/** The account that owns the sandbox's organization. */
const managementAccountId = '100000000001';

/** Brings up the scenario's organization, with Staunch deployed into it, and the roles of people in every account. */
export async function startScenarioSandbox(options: ScenarioSandboxOptions): Promise<Sandbox> {
  const sandbox = await startOrganization(options);
  const { gateway, hub, organization } = sandbox;
  return {
    ...sandbox,
    addAccount: async (name, unit) => {
      await sandbox.addAccount(name, unit);
      await createPeopleRoles(gateway, idOf(organization.accounts, name), hub);
    },
  };
}

function startOrganization(options: ScenarioSandboxOptions): Promise<Sandbox> {
  const {
    projectDirectory,
    sourcesDigest: digest,
    assemble = (policy, directory, fileName = sandboxPolicyName, structure) =>
      digest === undefined
        ? synthesize(projectDirectory, directory, policy, { signal, fileName, structure })
        : keptAssembly(projectDirectory, { digest, policy, fileName, structure }, signal),
    signal,
    policyFile,
  } = options;
  return startSandbox({
    ...options,
    tree: { managementAccountId, units, delegatedAdministrator: hubAccount },
    hub: { account: hubAccount, region: regions[0] },
    policyOf: (organization) =>
      policyFile === undefined
        ? sandboxPolicy(organization, options.policy)
        : policyTextOf(policyFile, organization),
    furnish: ({ gateway, organization, hub }) =>
      Promise.all(Object.values(organization.accounts).map((id) => createPeopleRoles(gateway, id, hub))),
    slack: slackWorkspace,
    assemble,
  });
}

/** A person's policy with the sandbox's own keys, as it is deployed. */
export function policyTextOf(file: SandboxPolicyFile, organization: Organization): PolicyText {
  return { text: withOwnKeys(file.text, organization), fileName: deployedName(file.name) };
}
