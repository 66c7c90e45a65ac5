import { DefaultStackSynthesizer, type IStackSynthesizer } from 'aws-cdk-lib';

/**
 * How the hub's stacks are synthesized: as usual, but without the parameter that holds the bootstrap version. The CDK
 * command line checks that version itself, and the templates stay free of parameters.
 */
export function hubSynthesizer(): IStackSynthesizer {
  // The library's class and interface differ in an optional property under exactOptionalPropertyTypes.
  return new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }) as IStackSynthesizer;
}
