import { withProgress } from '../../cli/progress';
import type { Hub } from '../hub/hub';
import { readStructure } from './read-structure';
import type { OrganizationStructure } from './structure';

/**
 * The organization, with the credentials of whoever runs the command. How far it has come is shown on a terminal.
 * @throws UserError when AWS Organizations cannot be asked
 */
export function askStructure(hub: Hub): Promise<OrganizationStructure> {
  let read = '';
  return hub.ask('organization', () =>
    withProgress(
      () => `Reading the organization${read}`,
      process.stderr,
      () =>
        readStructure(hub.organizations, ({ units, accounts }) => {
          read = `: ${accounts.length} accounts, ${units.length} organizational units`;
        }),
    ),
  );
}
