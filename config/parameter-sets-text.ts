import type { CustomControl } from '../controls/control';
import type { JsonObject } from '../core/json';
import type { CompiledPolicy } from './compiled';
import { type ParameterSets, parameterSets } from './parameter-sets';

/** The sets of a control's parameters, as the rule function carries them: JSON. Pure. */
export function parameterSetsText(policy: CompiledPolicy, { id }: Pick<CustomControl, 'id'>): string {
  return JSON.stringify(brief(parameterSets(policy, id), policy.parameterDefaults[id]));
}

/** The sets without what has its default anyway: the control's schema fills it in again. */
function brief({ accounts, others }: ParameterSets, defaults: JsonObject = {}): ParameterSets {
  const own = (values: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(values).filter(
        ([key, value]) => JSON.stringify(value) !== JSON.stringify(defaults[key]),
      ),
    );
  return {
    accounts: Object.fromEntries(Object.entries(accounts).map(([id, values]) => [id, own(values)])),
    others: others.map(own),
  };
}
