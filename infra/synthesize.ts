import { App } from 'aws-cdk-lib';
import { compactMemberTemplates } from './compact-members';
import { addStaunch, type StaunchProps } from './staunch';

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
