import type { Cure, CureStep } from '../../operator/doctor/cure';
import { printable } from '../../resources/kit/printable';
import { staunch } from '../after-error';
import { defaultPolicyFile } from '../policy-file';
import { awsCommand } from './aws-command';
import { shellWord } from './shell-word';

/** The commands of a cure, in their order, and what is to be edited as a remark. Pure. */
export function commandsOf({ steps }: Cure): string[] {
  return steps.map((step) => printable(commandOf(step)));
}

function commandOf(step: CureStep): string {
  switch (step.does) {
    case 'call':
      return awsCommand(step.call);
    case 'edit the policy':
      return `# in ${defaultPolicyFile}: ${step.key}: ${step.value}`;
    case 'bootstrap':
      return `npx cdk bootstrap aws://${step.account}/${step.region}`;
    case 'deploy':
      return `${staunch} deploy`;
    case 'structure':
      return `${staunch} structure`;
    case 'patrol':
      return `${staunch} patrol --account ${step.account} --resource-region ${shellWord(step.region)}`;
    case 'ask again':
      return `${staunch} doctor`;
    case 'ask before':
      return `${staunch} doctor --before`;
  }
}
