import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { closest } from '../../config/did-you-mean';
import type { CustomControl } from '../../controls/control';
import { controlById, customControls } from '../../controls/registry';
import { evaluateText } from '../../operator/evaluate/evaluate-text';
import { fileFailure } from '../file-failure';
import { UserError } from '../user-error';
import { userPath } from '../user-path';

interface EvaluateOptions {
  control: string;
  parameters: string;
}

/** `staunch evaluate`: a control's verdict and plan for resources in a file, offline. */
export function evaluateCommand(finish: (status: number) => void): Command {
  return new Command('evaluate')
    .description(
      "Prints a control's verdict on resources, and what would fix them, offline: one line of JSON a resource.",
    )
    .requiredOption('--control <id>', `the control: ${customControls.map(({ id }) => id).join(' or ')}`)
    .option('--parameters <json>', "the control's parameters, as JSON", '{}')
    .argument('[file]', 'JSON, or JSON Lines; standard input when left out')
    .addHelpText(
      'after',
      `
A resource is a configuration item of AWS Config, the event of a rule invocation or its invokingEvent alone, a SecurityGroup from
DescribeSecurityGroups, or for a bucket an object with any of Policy, Grants, Owner, PublicAccessBlockConfiguration,
AccountPublicAccessBlockConfiguration, OwnershipControls and Name, as AWS's API answers.

Several come as the aws command line prints them, whole: describe-security-groups, get-resource-config-history,
batch-get-resource-config, select-resource-config (what a row does not say of id and type, its shape and --control do); as a file
that AWS Config delivers; as a list; or one a line. The control does not apply to those among them that are of another type.

Exit status: 0 when every resource was understood, 1 when one was not, whatever the verdicts.

Examples:
  npm run -s staunch -- evaluate --control security-group-open-ports group.json
  npm run -s staunch -- evaluate --control security-group-open-ports --parameters '{"prohibitedPorts":[22,"8000-8100"]}' group.json
  aws ec2 describe-security-groups | npm run -s staunch -- evaluate --control security-group-open-ports
  aws configservice get-resource-config-history --resource-type AWS::S3::Bucket --resource-id photos --limit 1 |
    npm run -s staunch -- evaluate --control s3-public-access
  aws configservice select-resource-config --expression "SELECT resourceId, configuration, supplementaryConfiguration
    WHERE resourceType = 'AWS::S3::Bucket'" | npm run -s staunch -- evaluate --control s3-public-access`,
    )
    .action((file: string | undefined, options: EvaluateOptions) => {
      const control = customControl(options.control);
      const parameters = parametersOf(control, options.parameters);
      let understood = true;
      for (const line of evaluateText(read(file), control, parameters)) {
        if ('error' in line) understood = false;
        process.stdout.write(`${JSON.stringify(line)}\n`);
      }
      finish(understood ? 0 : 1);
    });
}

function customControl(id: string): CustomControl {
  const control = controlById(id);
  if (control?.kind === 'custom') return control;
  const known = customControls.map((custom) => custom.id).join(', ');
  throw new UserError(
    control === undefined
      ? `There is no control ${JSON.stringify(id)}. There are: ${known}.`
      : `${id} is one of AWS Config's managed rules, which only AWS evaluates. There are: ${known}.`,
    2,
  );
}

function parametersOf(control: CustomControl, text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UserError(`--parameters is not JSON: ${(error as Error).message}`, 2);
  }
  const parsed = control.parameters.safeParse(value);
  if (parsed.success) return parsed.data;
  const known = Object.keys(control.parameters.parse({}) as object);
  const problems = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => `${key}: ${instead(key, known)}`)
      : [`${issue.path.join('.') || 'the whole'}: ${issue.message}`],
  );
  throw new UserError(`--parameters does not fit ${control.id}: ${problems.join('; ')}`, 2);
}

function instead(key: string, known: readonly string[]): string {
  const meant = closest(key, known);
  return `is no parameter; ${meant === undefined ? `there are ${known.join(', ')}` : `did you mean ${meant}?`}`;
}

function read(file: string | undefined): string {
  try {
    // 0 is standard input.
    return readFileSync(file === undefined ? 0 : userPath(file), 'utf8');
  } catch (error) {
    throw new UserError(`${file ?? 'Standard input'} cannot be read: ${fileFailure(error)}.`);
  }
}
