import { existsSync } from 'node:fs';
import { awsAccess } from '../../operator/aws/access';
import { foundOrganization, foundParts } from '../../operator/init/found';
import { newPolicyText } from '../../operator/init/policy-text';
import { writePolicy } from '../../operator/init/write-policy';
import { savedBeside } from '../../operator/organization/save-structure';
import { printableJson } from '../../resources/kit/printable';
import type { Asker } from '../asker/asker';
import { fileFailure } from '../file-failure';
import { type InitOptions as Answered, answersOf } from '../init/answers';
import { nextCommands } from '../init/next-commands';
import { policyFile } from '../policy-file';
import { anyRegion, regionOfEnvironment } from '../region-of-environment';
import { say } from '../say';
import { UserError } from '../user-error';
import { withHub } from '../with-hub';

/** The options of `staunch init`. */
export interface InitOptions extends Answered {
  memberRole?: string;
  overwrite?: boolean;
  json?: boolean;
}

/**
 * Writes a policy for the organization of these credentials.
 * @param given the file; the project's own where left out
 * @param asker who asks for what the options do not say; undefined where nobody is there
 * @returns the exit status
 */
export async function runInit(
  given: string | undefined,
  options: InitOptions,
  asker: Asker | undefined,
): Promise<number> {
  const [path, name] = policyFile(given);
  await mayWrite(path, name, options, asker);
  const { memberRole, json } = options;
  const { hub, ...files } = await withHub(
    { region: options.hubRegion ?? regionOfEnvironment() ?? anyRegion },
    async (hub) => {
      const organization = await foundOrganization(hub);
      const answers = await answersOf(options, organization, asker);
      const found = await foundParts(hub, {
        access: awsAccess,
        organization,
        region: answers.hub.region,
        regions: answers.regions,
        ...(memberRole !== undefined && { memberRole }),
      });
      const text = newPolicyText(answers, organization, found);
      return written(name, () => {
        writePolicy(path, name, text);
        const structure = savedBeside(path, organization.structure).file;
        return { policy: path, structure, hub: answers.hub.account };
      });
    },
  );
  if (json) process.stdout.write(`${printableJson(files)}\n`);
  else {
    say(`Wrote ${name}, in which every flag is off, and ${files.structure}.`);
    say(nextCommands(hub, given));
  }
  return 0;
}

/** @throws UserError where a file is there that nobody wants overwritten */
async function mayWrite(
  path: string,
  name: string,
  { overwrite }: InitOptions,
  asker: Asker | undefined,
): Promise<void> {
  if (overwrite || !existsSync(path)) return;
  if (await asker?.agrees(`${name} is there already. Overwrite it?`)) return;
  throw new UserError(
    `${name} is there already, and was left as it is. Give --overwrite, or the name of another file.`,
  );
}

function written<Answer>(name: string, work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error && 'syscall' in error)
      throw new UserError(`${name} cannot be written: ${fileFailure(error)}.`);
    throw error;
  }
}
