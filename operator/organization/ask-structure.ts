import type { Hub } from '../hub/hub';
import { readStructure } from './read-structure';
import type { OrganizationStructure } from './structure';

/**
 * The organization, with the hub's credentials. The host shows how far it has come.
 * @throws OperatorError when AWS Organizations cannot be asked
 */
export function askStructure(hub: Hub): Promise<OrganizationStructure> {
  let read = '';
  return hub.ask('organization', () =>
    hub.host.progress(
      () => `Reading the organization${read}`,
      () =>
        readStructure(hub.organizations, ({ units, accounts }) => {
          read = `: ${accounts.length} accounts, ${units.length} organizational units`;
        }),
    ),
  );
}
