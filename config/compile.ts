import { customControls } from '../controls/registry';
import type { CompiledPolicy } from './compiled';
import type { Organization } from './organization';
import { jsonParameters } from './parameters';

/**
 * The policy in the form that is deployed. It is the same on every machine: files are named without their folder.
 * @param organization as `loadOrganization` returns it
 */
export function compilePolicy(organization: Organization): CompiledPolicy {
  const { autoResponse, hub, ...shared } = organization;
  return {
    version: 3,
    ...structuredClone(shared),
    hub: { account: hub.account, region: hub.region },
    ...structuredClone(autoResponse),
    parameterDefaults: Object.fromEntries(
      customControls.map(({ id, parameters }) => [id, jsonParameters(parameters.parse({}))]),
    ),
  };
}
