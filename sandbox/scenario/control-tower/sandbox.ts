import type { SandboxOptions } from '../../sandbox';
import { type Sandbox, startSandbox } from '../../sandbox';
import { slackWorkspace } from '../slack';
import { layBaseline } from './baseline';
import { controlTowerHub, controlTowerTree, governedRegions } from './organization';

/** What may differ from one run of this organization to another. */
export type ControlTowerOptions = Pick<
  SandboxOptions,
  'projectDirectory' | 'timeScale' | 'retryTimeScale' | 'log' | 'say' | 'signal' | 'moto'
> &
  Partial<Pick<SandboxOptions, 'assemble' | 'policyOf' | 'detectors' | 'itemDelay' | 'trailDelay'>>;

/**
 * Brings up an organization of Control Tower's shape, into which nothing of Staunch is deployed, unless the options say with which
 * policy and how it is assembled.
 */
export function startControlTowerSandbox({
  assemble,
  policyOf,
  ...options
}: ControlTowerOptions): Promise<Sandbox> {
  const refuse = () => {
    throw new Error('Nothing is deployed into this organization.');
  };
  return startSandbox({
    ...options,
    tree: controlTowerTree,
    hub: { account: controlTowerHub, region: governedRegions[0] },
    slack: slackWorkspace,
    accountTrails: false,
    deploy: assemble !== undefined && policyOf !== undefined,
    assemble: assemble ?? refuse,
    policyOf: policyOf ?? refuse,
    baseline: layBaseline,
  });
}
