import type {
  OrganizationStructure,
  StructureAccount,
  StructureUnit,
} from '../../operator/organization/structure';

const root: StructureUnit = { id: 'r-abcd', path: '/', chain: [{ id: 'r-abcd', name: 'Root' }] };

function unit(id: string, name: string, above: StructureUnit): StructureUnit {
  const path = `${above.path === '/' ? '' : above.path}/${name}`;
  return { id, path, chain: [{ id, name }, ...above.chain] };
}

const workloads = unit('ou-abcd-workload', 'Workloads', root);

/** Units of a small organization, by a short name. */
export const units = {
  root,
  workloads,
  prod: unit('ou-abcd-workprod', 'Prod', workloads),
  sandbox: unit('ou-abcd-sandbox0', 'Sandbox', root),
};

/** An account of it. */
export function accountIn(
  place: keyof typeof units,
  id: string,
  name: string,
  more: Partial<StructureAccount> = {},
): StructureAccount {
  return { id, name, unit: units[place], closed: false, ...more };
}

/** A small organization: management, the hub, one account in production, two in the sandbox, one closed. */
export function structureWith(...accounts: StructureAccount[]): OrganizationStructure {
  return {
    units: Object.values(units),
    accounts: [
      accountIn('root', '111111111111', 'management'),
      accountIn('root', '222222222222', 'security'),
      accountIn('prod', '333333333333', 'payments-prod'),
      accountIn('sandbox', '444444444444', 'trial-one'),
      accountIn('sandbox', '555555555555', 'trial-two'),
      accountIn('sandbox', '666666666666', 'gone', { closed: true }),
      ...accounts,
    ],
  };
}
