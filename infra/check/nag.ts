import type { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';

/**
 * Runs cdk-nag's AWS Solutions rules over every construct of the app, those of member templates included.
 * @param app after `synth()`
 * @returns one line a finding that nobody acknowledged; warnings count too
 */
export function nagFindings(app: App): string[] {
  // cdk-nag looks at deprecated properties too, and the library would warn of each.
  process.env.JSII_DEPRECATED = 'quiet';
  const { violations } = new AwsSolutionsChecks(app).validateScope(app);
  return violations.flatMap(({ ruleName, description, violatingResources }) =>
    violatingResources.map(
      ({ constructPath }) => `${constructPath ?? 'unknown'}: ${ruleName}: ${description}`,
    ),
  );
}
