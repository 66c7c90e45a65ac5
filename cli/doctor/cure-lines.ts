import type { Cure, CureStep } from '../../operator/doctor/cure';
import { printable } from '../../resources/kit/printable';
import { staunch } from '../after-error';
import { defaultPolicyFile } from '../policy-file';
import { awsCommand } from './aws-command';
import { shellWord } from './shell-word';

/**
 * The commands of a cure, in their order, and what is to be edited as a remark. Pure.
 * @param file the policy's, as the person at the keyboard named it; the project's own where left out
 */
export function commandsOf({ steps }: Cure, file?: string): string[] {
  return steps.map((step) => printable(commandOf(step, file)));
}

/** A command that takes the policy's file. */
export function withFile(command: string, file: string | undefined): string {
  return `${staunch} ${command}${file === undefined ? '' : ` ${shellWord(file)}`}`;
}

function commandOf(step: CureStep, file: string | undefined): string {
  switch (step.does) {
    case 'call':
      return awsCommand(step.call);
    case 'edit the policy':
      return `# in ${file ?? defaultPolicyFile}: ${step.key}: ${step.value}`;
    case 'bootstrap':
      return `npx cdk bootstrap aws://${step.account}/${step.region}`;
    case 'deploy':
      return withFile('deploy', file);
    case 'structure':
      return withFile('structure', file);
    case 'patrol':
      return `${staunch} patrol --account ${step.account} --resource-region ${shellWord(step.region)}`;
    case 'ask again':
      return withFile('doctor', file);
    case 'ask before':
      return `${withFile('doctor', file)} --before${step.byRole ? ' --member-role ROLE' : ''}`;
  }
}
