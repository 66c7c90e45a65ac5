import { App } from 'aws-cdk-lib';
import { type AccountProps, addAccount } from './account/account-stacks';
import { compactMemberTemplates } from './compact-members';
import { addStaunch, type StaunchProps, tag } from './staunch';

/**
 * Synthesizes the app in this process, without the CDK command line.
 * @param outdir where the cloud assembly goes; read it with `readAssembly`
 * @returns the app, for checks that walk its constructs
 */
export function synthesize(props: StaunchProps, outdir: string): App {
  const app = new App({ outdir, analyticsReporting: false });
  addStaunch(app, props);
  compactMemberTemplates(app.synth().directory);
  return app;
}

/**
 * Synthesizes one account's own plain stacks in this process.
 * @param outdir where the cloud assembly goes; read it with `readAssembly`
 * @throws UnresolvedPolicyError, StructureNeededError as `addAccount` does
 */
export function synthesizeAccount(props: AccountProps, outdir: string): void {
  const app = new App({ outdir, analyticsReporting: false });
  tag(app);
  addAccount(app, props);
  app.synth();
}
