import { Command } from 'commander';
import { customFacts } from '../../controls/facts';
import { apiForms } from '../../resources/api-forms';
import type { ApiForm } from '../../resources/kit/api-form';
import type { EvaluateOptions } from '../actions/evaluate';
import type { CompiledParts } from '../compiled-parts';

const helpWidth = 79;

/** `staunch evaluate`: a control's verdict and plan for resources in a file, offline. */
export function evaluateCommand(finish: (status: number) => void, parts: CompiledParts): Command {
  return new Command('evaluate')
    .summary('judges resources in a file, offline')
    .description(
      "Prints a control's verdict on resources, and what would fix them, offline: one line of JSON a resource.",
    )
    .requiredOption(
      '--control <id>',
      `the control; may be given again: ${customFacts.map(({ id }) => id).join(', ')}`,
      (id, earlier: string[] = []) => [...earlier, id],
    )
    .option('--parameters <json>', 'the parameters of the only control, as JSON', '{}')
    .option('--summary', 'only count the resources, by control and severity')
    .option('--json', 'with --summary: one line of JSON')
    .argument('[file]', 'JSON, or JSON Lines; standard input when left out')
    .addHelpText(
      'after',
      `
A resource is one of these:
- a configuration item of AWS Config, the event of a rule invocation, or its
  invokingEvent alone;
- what AWS's API answers:
${Object.entries(apiForms).map(formText).join('\n')}

Give several as the aws command line prints them (describe-security-groups,
get-resource-config-history, batch-get-resource-config, select-resource-config),
as a file that AWS Config delivers, as a list, or one a line. Among several,
items of AWS Config of another type are NOT_APPLICABLE.

With several controls a resource is judged by those for its type, and each line
names its control. An answer of AWS's API for whose type none was chosen, or
which does not tell its type (a policy alone), is an error for each control that
cannot read it.

One a line (JSON Lines), there may be millions: they are judged while they are
read, on every core, and printed in the same order. A line that is not
understood is an error that names its number, and the others are judged. What
takes more than two seconds shows on standard error how far it is.

docs/controls/ has the parameters of each control, with their defaults.

Exit status: 0 when every resource was understood, whatever the verdicts; 1
when one was not.

Examples:
  npm run -s staunch -- evaluate --control security-group-open-ports group.json
  npm run -s staunch -- evaluate --control security-group-open-ports \\
    --parameters '{"prohibitedPorts":[22,"8000-8100"]}' group.json
  aws ec2 describe-security-groups |
    npm run -s staunch -- evaluate --control security-group-open-ports
  npm run -s staunch -- evaluate --summary --control s3-public-access \\
    --control security-group-open-ports inventory.jsonl
  aws configservice get-resource-config-history --limit 1 \\
    --resource-type AWS::S3::Bucket --resource-id photos |
    npm run -s staunch -- evaluate --control s3-public-access`,
    )
    .action(async (file: string | undefined, options: EvaluateOptions) => {
      const { runEvaluate } = await import('../actions/evaluate.ts');
      finish(await runEvaluate(file, options, parts));
    });
}

/** A form in which a resource of a type may be handed over, in lines that fit a terminal. */
function formText([type, { form, commands }]: [string, ApiForm]): string {
  const lines = [' '];
  for (const word of `${type}: ${form} (${commands.join(', ')})`.split(' ')) {
    if (`${lines.at(-1)} ${word}`.length > helpWidth) lines.push('   ');
    lines.push(`${lines.pop()} ${word}`);
  }
  return lines.join('\n');
}
