import { control } from '../../../controls/ssm-document-public';
import { documentAdapter } from '../../../resources/ssm-document/adapter';
import type { InMemoryAws } from '../aws/in-memory-aws';
import type { DocumentState } from '../aws/ssm/ssm';
import type { ResourceType, Variant } from './resource-type';

const region = 'eu-west-1';
const name = 'Restart-Shop';
const note = { Key: 'note', Value: 'changed by its owner' };
let account = '';

type Shares = DocumentState['shares'];

const planted: Partial<Record<Variant, Shares>> = {
  simple: [{ account: 'all', version: '$DEFAULT' }],
  // A document is shared with everybody, or with accounts; what else there can be is another version.
  several: [{ account: 'all', version: '$ALL' }],
};

/** SSM documents, which are shared with everybody or with accounts, and never with both. */
export const ssmDocument: ResourceType = {
  name: 'ssm-document',
  identity: (accountId) => ({
    accountId,
    region,
    control: control.id,
    resourceType: control.resourceType,
    resourceId: name,
  }),
  adapter: documentAdapter(),
  variants: ['simple', 'several'],
  plant(aws, accountId, variant) {
    account = accountId;
    const tags = [{ Key: 'name', Value: 'planted' }];
    aws.ssm.create(name, { accountId, region, shares: [...plantedOf(variant)], tags });
  },
  edit: {
    worsen: (aws, variant) => open(aws, variant),
    mend(aws) {
      const document = stateIn(aws);
      const isShared = document !== undefined && document.shares.length > 0;
      if (isShared) document.shares = [];
      return isShared;
    },
    reopen: (aws, variant) => open(aws, variant),
    unrelated(aws) {
      const document = stateIn(aws);
      if (!document || document.tags.some(({ Key }) => Key === note.Key)) return false;
      document.tags = [...document.tags, note];
      return true;
    },
  },
  dangers: (aws) => (stateIn(aws)?.shares ?? []).map(inWords),
  state(aws) {
    const document = stateIn(aws);
    if (!document) return [];
    return [...document.shares.map(inWords), ...document.tags.map(({ Key, Value }) => `tag ${Key}=${Value}`)];
  },
  fixed: () => ['tag name=planted'],
  unrelated: [`tag ${note.Key}=${note.Value}`],
};

function plantedOf(variant: Variant): Shares {
  const shares = planted[variant];
  if (shares) return shares;
  throw new Error('Everybody is taken by itself, and nothing else with it.');
}

function stateIn(aws: InMemoryAws): DocumentState | undefined {
  return aws.ssm.get(name, { accountId: account, region });
}

/** @returns whether it was not open before */
function open(aws: InMemoryAws, variant: Variant): boolean {
  const document = stateIn(aws);
  if (!document || document.shares.length > 0) return false;
  document.shares = [...plantedOf(variant)];
  return true;
}

function inWords({ account: shared, version }: Shares[number]): string {
  return `shared with ${shared}, version ${version}`;
}
