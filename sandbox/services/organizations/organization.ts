import {
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  EnableAWSServiceAccessCommand,
  ListRootsCommand,
  MoveAccountCommand,
  OrganizationsClient,
  RegisterDelegatedAdministratorCommand,
} from '@aws-sdk/client-organizations';
import type { SavedStructure } from '../../../config/saved-structure';
import type { Gateway } from '../../gateway/api';
import { manyCalls } from '../../many-calls';

/** An organizational unit, with what lies in it. */
export interface OrganizationalUnit {
  /** Names of accounts. */
  accounts: readonly string[];
  /** Nested units by name. */
  units?: Readonly<Record<string, OrganizationalUnit>>;
}

/** What an organization shall be. Names of accounts, and of units, are unique in the whole organization. */
export interface OrganizationTree {
  /** Twelve digits; the account that owns the organization. */
  managementAccountId: string;
  /** Units below the root, by name. */
  units: Readonly<Record<string, OrganizationalUnit>>;
  /** Name of the account that administers stack sets for the organization; absent for none but management. */
  delegatedAdministrator?: string;
}

/** An organization that stands. */
export interface Organization {
  /** `o-…` */
  readonly organizationId: string;
  /** `r-…` */
  readonly rootId: string;
  readonly managementAccountId: string;
  /** Account ids by name; the management account is not among them. */
  readonly accounts: Readonly<Record<string, string>>;
  /** Ids of organizational units by name. */
  readonly units: Readonly<Record<string, string>>;
  /** What lies where now, in the form of the file that lies beside a policy. */
  structure(): SavedStructure;
  /**
   * Creates one more account, at the root as AWS does, and moves it into a unit.
   * @returns its id
   * @throws OrganizationError for an unknown unit, or a name that is taken.
   */
  addAccount(name: string, unit: string): Promise<string>;
  /**
   * Moves an account from one unit to another.
   * @throws OrganizationError for an unknown account or unit.
   */
  moveAccount(name: string, fromUnit: string, toUnit: string): Promise<void>;
}

/** Thrown when an organization cannot be made as described. */
export class OrganizationError extends Error {
  override readonly name = 'OrganizationError';
}

/** Service principal for which the hub is delegated: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-delegated-admin.html */
const stackSetsPrincipal = 'member.org.stacksets.cloudformation.amazonaws.com';

/**
 * Creates an organization through the ordinary API, one call after the other, so that a seeded moto gives the same ids in
 * every run.
 *
 * @throws OrganizationError when the tree names something twice, or names what it does not have.
 */
export async function createOrganization(options: {
  gateway: Pick<Gateway, 'endpoint' | 'administratorOf'>;
  tree: OrganizationTree;
}): Promise<Organization> {
  const { gateway, tree } = options;
  const client = new OrganizationsClient({
    ...manyCalls,
    // Organizations has one endpoint, in this Region: https://docs.aws.amazon.com/general/latest/gr/ao.html
    region: 'us-east-1',
    endpoint: gateway.endpoint,
    credentials: gateway.administratorOf(tree.managementAccountId),
  });
  const created = await client.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const { Roots: roots = [] } = await client.send(new ListRootsCommand({}));
  const organization = new StandingOrganization(
    client,
    tree.managementAccountId,
    idFrom(created.Organization?.Id, 'organization'),
    idFrom(roots[0]?.Id, 'root'),
  );
  await organization.addUnits(organization.rootId, tree.units);
  if (tree.delegatedAdministrator !== undefined) await organization.delegate(tree.delegatedAdministrator);
  return organization;
}

class StandingOrganization implements Organization {
  readonly accounts: Record<string, string> = {};
  readonly units: Record<string, string> = {};
  /** What units and accounts lie in directly, by id. */
  private readonly parents = new Map<string, string>();

  constructor(
    private readonly client: OrganizationsClient,
    readonly managementAccountId: string,
    readonly organizationId: string,
    readonly rootId: string,
  ) {}

  async addUnits(parentId: string, units: Readonly<Record<string, OrganizationalUnit>>): Promise<void> {
    for (const [name, unit] of Object.entries(units)) {
      if (Object.hasOwn(this.units, name)) throw new OrganizationError(`Two units have the name ${name}.`);
      const answer = await this.client.send(
        new CreateOrganizationalUnitCommand({ ParentId: parentId, Name: name }),
      );
      const id = idFrom(answer.OrganizationalUnit?.Id, `unit ${name}`);
      this.units[name] = id;
      this.parents.set(id, parentId);
      for (const account of unit.accounts) await this.addAccount(account, name);
      await this.addUnits(id, unit.units ?? {});
    }
  }

  async addAccount(name: string, unit: string): Promise<string> {
    if (Object.hasOwn(this.accounts, name))
      throw new OrganizationError(`Two accounts have the name ${name}.`);
    const unitId = known(this.units, unit, 'unit');
    const { CreateAccountStatus: status } = await this.client.send(
      new CreateAccountCommand({ AccountName: name, Email: `${name}@sandbox.invalid` }),
    );
    // AWS creates accounts in its own time; moto answers when it is done.
    if (status?.State !== 'SUCCEEDED') {
      throw new OrganizationError(
        `The account ${name} was not created: ${status?.FailureReason ?? status?.State}.`,
      );
    }
    const id = idFrom(status.AccountId, `account ${name}`);
    this.accounts[name] = id;
    await this.move(id, this.rootId, unitId);
    return id;
  }

  async moveAccount(name: string, fromUnit: string, toUnit: string): Promise<void> {
    await this.move(
      known(this.accounts, name, 'account'),
      known(this.units, fromUnit, 'unit'),
      known(this.units, toUnit, 'unit'),
    );
  }

  structure(): SavedStructure {
    const of = ([name, id]: [string, string]) => ({
      id,
      name,
      parentId: this.parents.get(id) ?? this.rootId,
    });
    const management = { id: this.managementAccountId, name: 'management', parentId: this.rootId };
    return {
      version: 1,
      rootId: this.rootId,
      units: Object.entries(this.units).map(of),
      accounts: [management, ...Object.entries(this.accounts).map(of)].map((account) => ({
        ...account,
        status: 'ACTIVE',
      })),
    };
  }

  async delegate(account: string): Promise<void> {
    const accountId = known(this.accounts, account, 'account');
    await this.client.send(new EnableAWSServiceAccessCommand({ ServicePrincipal: stackSetsPrincipal }));
    await this.client.send(
      new RegisterDelegatedAdministratorCommand({
        AccountId: accountId,
        ServicePrincipal: stackSetsPrincipal,
      }),
    );
  }

  private async move(accountId: string, sourceParentId: string, destinationParentId: string): Promise<void> {
    await this.client.send(
      new MoveAccountCommand({
        AccountId: accountId,
        SourceParentId: sourceParentId,
        DestinationParentId: destinationParentId,
      }),
    );
    this.parents.set(accountId, destinationParentId);
  }
}

function known(ids: Readonly<Record<string, string>>, name: string, what: string): string {
  const id = Object.hasOwn(ids, name) ? ids[name] : undefined;
  if (id === undefined) throw new OrganizationError(`The organization has no ${what} named ${name}.`);
  return id;
}

function idFrom(id: string | undefined, what: string): string {
  if (id === undefined) throw new OrganizationError(`Organizations answered without the id of the ${what}.`);
  return id;
}
