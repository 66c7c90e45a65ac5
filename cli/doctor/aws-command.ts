import type { ApiCall, ApiValue } from '../../operator/doctor/cure';
import { shellWord } from './shell-word';

/** Services that the AWS command line calls otherwise than the SDK does. */
const cliNames: Readonly<Record<string, string>> = {
  'config-service': 'configservice',
  eventbridge: 'events',
};

/**
 * A call of AWS's API as a command to paste. Names become words with hyphens, as the AWS command line makes them:
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters.html
 */
export function awsCommand({ service, operation, input, region }: ApiCall): string {
  const options = Object.entries(input).flatMap(([name, value]) => optionOf(hyphened(name), value));
  return [
    'aws',
    cliNames[service] ?? service,
    hyphened(operation),
    ...options,
    ...(region === undefined ? [] : ['--region', region]),
  ].join(' ');
}

function optionOf(name: string, value: ApiValue): string[] {
  if (typeof value === 'boolean') return [value ? `--${name}` : `--no-${name}`];
  if (typeof value === 'string' || typeof value === 'number') return [`--${name}`, shellWord(String(value))];
  if (isTexts(value)) return [`--${name}`, ...value.map(shellWord)];
  return [`--${name}`, shellWord(JSON.stringify(value))];
}

function isTexts(value: ApiValue): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

/** `EnableAWSServiceAccess` as `enable-aws-service-access`. */
export function hyphened(name: string): string {
  return name
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .toLowerCase();
}
