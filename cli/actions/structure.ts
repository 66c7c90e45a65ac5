import { saveStructure } from '../../operator/organization/save-structure';
import { counted } from '../../operator/text/counted';
import { printable, printableJson } from '../../resources/kit/printable';
import { fileFailure } from '../file-failure';
import { hubOfPolicy } from '../hub-region';
import { policyFile } from '../policy-file';
import { anyRegion, regionOfEnvironment } from '../region-of-environment';
import { say } from '../say';
import { UserError } from '../user-error';
import { type HubOptions, withHub } from '../with-hub';

/** The options of `staunch structure`. */
export interface StructureOptions extends Pick<HubOptions, 'region'> {
  json?: boolean;
}

/**
 * Reads the organization, and writes it beside the policy.
 * @param given the policy's file; the project's own where left out
 * @returns the exit status
 */
export async function runStructure(
  given: string | undefined,
  { region, json }: StructureOptions,
): Promise<number> {
  const [path, name] = policyFile(given);
  const place = { region: region ?? regionOfEnvironment() ?? hubOfPolicy(path)?.region ?? anyRegion };
  const saved = await withHub(place, async (hub) => {
    try {
      return await saveStructure(hub, path);
    } catch (error) {
      if (error instanceof Error && 'syscall' in error)
        throw new UserError(`The structure beside ${name} cannot be written: ${fileFailure(error)}.`);
      throw error;
    }
  });
  const { file, structure, changes = [] } = saved;
  const { accounts, units } = structure;
  if (json) {
    process.stdout.write(
      `${printableJson({ file, accounts: accounts.length, units: units.length, changes })}\n`,
    );
    return 0;
  }
  const what = `${counted(accounts.length, 'account')}, ${counted(units.length, 'organizational unit')}`;
  const news = changes.map((change) => `  - ${printable(change)}`);
  say(
    [
      `Wrote ${file}: ${what}. Commit it with the policy.`,
      ...(news.length > 0 ? ['What differs from before:', ...news] : []),
    ].join('\n'),
  );
  return 0;
}
