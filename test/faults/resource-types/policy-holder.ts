import type { ControlFacts } from '../../../controls/control';
import type { Adapter } from '../../../resources/kit/live-resource';
import type { InMemoryAws } from '../aws/in-memory-aws';
import type { ResourceType, Variant } from './resource-type';

/** What differs between the types with one policy document. */
export interface PolicyHolderUnderFaults {
  /** A word or two, for the names of tests: `queue`. */
  name: string;
  control: Pick<ControlFacts, 'id' | 'resourceType'>;
  adapter: Adapter;
  region: string;
  /** What its statements allow. */
  action: string;
  /** Parts of a statement beside the usual ones. */
  more?: object;
  idIn(accountId: string): string;
  plant(aws: InMemoryAws, accountId: string, policy: string, tags: Record<string, string>): void;
  /** The resource as it really is; undefined when it is gone. */
  held(aws: InMemoryAws, id: string, accountId: string): Held | undefined;
  /** The service keeps no such resource without a statement: one for the account stays where there would be none. */
  mustHavePolicy?: true;
  /** A statement lets the account itself manage the resource, unless everybody does. */
  keepsTheAccount?: true;
}

/** A resource with a policy, to be looked at and changed. */
interface Held {
  policy?: string | undefined;
  tags?: Record<string, string> | undefined;
}

const partner = 'arn:aws:iam::777777777777:root';

/** A type of which each resource has one policy document: policies with public and private parts. */
export function policyHolder(parts: PolicyHolderUnderFaults): ResourceType {
  const { name, control, adapter, region, action, more = { Resource: '*' } } = parts;
  const statement = (Sid: string, Principal: unknown): object => ({
    Sid,
    Effect: 'Allow',
    Principal,
    Action: action,
    ...more,
  });
  let id = '';
  let ownAccount = '';

  const ours = statement('Ours', { AWS: partner });
  const open = statement('Open', '*');
  const mixed = statement('Mixed', { AWS: ['*', partner] });
  const worse = statement('Worse', '*');
  const harmless = statement('Harmless', { AWS: 'arn:aws:iam::888888888888:root' });
  const owner = () => (parts.keepsTheAccount ? [statement('Owner', own())] : []);
  const own = () => ({ AWS: `arn:aws:iam::${ownAccount}:root` });

  function planted(variant: Variant): object[] {
    if (variant === 'simple') return [...owner(), ours, open];
    if (variant === 'several') return [...owner(), ours, mixed, open];
    if (variant === 'whole') return [open, worse];
    throw new Error(`A ${name} has no danger that takes something harmless with it.`);
  }

  function left(variant: Variant): object[] {
    if (variant === 'simple') return [...owner(), ours];
    if (variant === 'several') return [...owner(), ours, statement('Mixed', { AWS: partner })];
    return parts.mustHavePolicy ? [statement('Open', own())] : [];
  }

  const held = (aws: InMemoryAws) => parts.held(aws, id, ownAccount);
  const there = (aws: InMemoryAws) =>
    (JSON.parse(held(aws)?.policy ?? '{"Statement":[]}') as { Statement: object[] }).Statement;

  /** @returns whether the owner's edit changed anything */
  function changed(aws: InMemoryAws, edit: (statements: object[]) => object[]): boolean {
    const state = held(aws);
    if (!state) return false;
    const before = state.policy;
    const edited = edit(there(aws));
    const statements = edited.length === 0 && parts.mustHavePolicy ? [statement('Owner', own())] : edited;
    state.policy = statements.length === 0 ? undefined : policyOf(statements);
    return state.policy !== before;
  }

  return {
    name,
    identity: (accountId) => ({
      accountId,
      region,
      control: control.id,
      resourceType: control.resourceType,
      resourceId: parts.idIn(accountId),
    }),
    adapter,
    isReplacedWhole: true,
    variants: ['simple', 'several', 'whole'],
    plant(aws, accountId, variant) {
      id = parts.idIn(accountId);
      ownAccount = accountId;
      parts.plant(aws, accountId, policyOf(planted(variant)), { name: 'planted' });
    },
    edit: {
      worsen: (aws) => changed(aws, (statements) => withStatement(statements, worse)),
      mend: (aws) => changed(aws, (statements) => statements.filter((one) => !isOpen(one))),
      reopen: (aws, variant) => changed(aws, () => planted(variant)),
      unrelated: (aws) => changed(aws, (statements) => withStatement(statements, harmless)),
    },
    dangers: (aws) => there(aws).filter(isOpen).map(inWords),
    state(aws) {
      const state = held(aws);
      if (!state) return [];
      return [
        ...there(aws).map(inWords),
        ...Object.entries(state.tags ?? {}).map(([key, value]) => `tag ${key}=${value}`),
      ];
    },
    fixed: (variant) => [...left(variant).map(inWords), 'tag name=planted'],
    unrelated: [inWords(harmless)],
  };
}

function withStatement(statements: object[], added: object): object[] {
  const isThere = statements.some((one) => inWords(one) === inWords(added));
  return isThere ? statements : [...statements, added];
}

/** By the principals that the scenarios plant. */
function isOpen(one: object): boolean {
  return JSON.stringify((one as { Principal?: unknown }).Principal).includes('"*"');
}

function policyOf(Statement: object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

/** Without differences that mean nothing: a list of one is as good as the one. */
function inWords(one: object): string {
  return JSON.stringify(one, (_key, value: unknown) =>
    Array.isArray(value) && value.length === 1 ? value[0] : value,
  );
}
