import {
  ChildNotFoundException,
  ListParentsCommand,
  type OrganizationsClient,
} from '@aws-sdk/client-organizations';

/** How long an account's place is believed. Organizations changes slowly, and throttles early. */
const rememberedMilliseconds = 5 * 60 * 1000;
/** Organizational units nest five deep: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html */
const maximumDepth = 8;

/** Thrown for an account that is not in the organization. */
export class UnknownAccountError extends Error {
  override readonly name = 'UnknownAccountError';
}

/** Thrown when an account's place cannot be told. */
export class UnresolvedPlaceError extends Error {
  override readonly name = 'UnresolvedPlaceError';
}

/**
 * Where accounts lie in the organization, asked of AWS Organizations at run time, so that an account which joined or
 * moved after the deployment counts where it is. ListParents may be called by a delegated administrator:
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListParents.html
 */
export class OrganizationTree {
  private readonly parents = new Map<string, { parent: Promise<Parent>; at: number }>();

  /** @param now milliseconds since the epoch */
  constructor(
    private readonly client: OrganizationsClient,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * The ids of what an account lies under, nearest first; the last one is the root's.
   * @throws UnknownAccountError when the account is not in the organization
   * @throws UnresolvedPlaceError when AWS Organizations does not tell
   */
  async path(accountId: string): Promise<string[]> {
    try {
      return await this.walk(accountId);
    } catch (error) {
      if (!(error instanceof MissingChildError)) throw error;
      if (error.child === accountId) throw unknown(accountId, error);
    }
    // A unit above it is gone: the account was moved since its place was asked for.
    for (let child: string | undefined = accountId; child; ) child = await this.forget(child);
    try {
      return await this.walk(accountId);
    } catch (error) {
      if (!(error instanceof MissingChildError)) throw error;
      if (error.child === accountId) throw unknown(accountId, error);
      throw new UnresolvedPlaceError(
        `AWS Organizations does not know ${error.child}, under which it says that account ${accountId} lies.`,
        { cause: error },
      );
    }
  }

  private async walk(accountId: string): Promise<string[]> {
    const path: string[] = [];
    for (let child = accountId; path.length < maximumDepth; ) {
      const parent = await this.parentOf(child);
      path.push(parent.id);
      if (parent.root) return path;
      child = parent.id;
    }
    throw new UnresolvedPlaceError(`No root was found above account ${accountId}: ${path.join(' < ')}.`);
  }

  private async parentOf(child: string): Promise<Parent> {
    const known = this.parents.get(child);
    if (known && this.now() - known.at < rememberedMilliseconds) return known.parent;
    const parent = this.ask(child);
    this.parents.set(child, { parent, at: this.now() });
    // What failed is asked again the next time.
    parent.catch(() => this.parents.delete(child));
    return parent;
  }

  /** Forgets the parent of an account or a unit, and returns its id, if it was known. */
  private async forget(child: string): Promise<string | undefined> {
    const known = this.parents.get(child);
    this.parents.delete(child);
    return known?.parent.then(
      ({ id }) => id,
      () => undefined,
    );
  }

  private async ask(child: string): Promise<Parent> {
    try {
      const { Parents: parents = [] } = await this.client.send(new ListParentsCommand({ ChildId: child }));
      const [parent] = parents;
      if (parents.length === 1 && parent?.Id && parent.Type)
        return { id: parent.Id, root: parent.Type === 'ROOT' };
      throw new UnresolvedPlaceError(
        `AWS Organizations names ${parents.length} parents of ${child}, not one.`,
      );
    } catch (error) {
      if (error instanceof ChildNotFoundException) throw new MissingChildError(child, { cause: error });
      if (error instanceof UnresolvedPlaceError) throw error;
      const { name, message } = error as Error;
      throw new UnresolvedPlaceError(
        `AWS Organizations does not tell the parent of ${child}: ${name}: ${message}`,
        {
          cause: error,
        },
      );
    }
  }
}

/** AWS Organizations knows no such account or unit. */
class MissingChildError extends Error {
  override readonly name = 'MissingChildError';
  constructor(
    readonly child: string,
    options: ErrorOptions,
  ) {
    super(`${child} is not in the organization.`, options);
  }
}

function unknown(accountId: string, cause: MissingChildError): UnknownAccountError {
  return new UnknownAccountError(`${accountId} is not in the organization.`, { cause });
}

interface Parent {
  id: string;
  root: boolean;
}
