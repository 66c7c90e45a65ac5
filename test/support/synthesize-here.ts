import type { App } from 'aws-cdk-lib';
import { bundlesVariable } from '../../infra/kept-bundles';
import type { StaunchProps } from '../../infra/staunch';
import { synthesize } from '../../infra/synthesize';

/**
 * Synthesizes the real app in this process, where the CDK is loaded once for many assemblies. The CDK does not check the templates by
 * its own rules; the test of the app's entry has it do that.
 * @param directory where the cloud assembly goes
 * @param bundles a folder of kept bundles; without one every function is bundled
 */
export function synthesizeHere(props: StaunchProps, directory: string, bundles = ''): App {
  const before = process.env;
  process.env = { ...before, CDK_VALIDATION: 'false', [bundlesVariable]: bundles };
  try {
    return synthesize(props, directory);
  } finally {
    process.env = before;
  }
}
