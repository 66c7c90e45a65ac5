import { withFile } from '../doctor/cure-lines';

/**
 * What comes after a policy was written, and with whose credentials. Pure.
 * @param hub the account's id
 * @param file the policy's, as the person at the keyboard named it
 */
export function nextCommands(hub: string, file: string | undefined): string {
  return [
    'Next, with these credentials, of the management account:',
    `  ${withFile('doctor', file)} --before`,
    `Then, with credentials of the hub's account, ${hub}:`,
    `  ${withFile('deploy', file)}`,
  ].join('\n');
}
