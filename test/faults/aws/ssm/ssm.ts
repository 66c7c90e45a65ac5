import type {
  DescribeDocumentCommandInput,
  DescribeDocumentPermissionCommandInput,
  GetServiceSettingCommandInput,
  ListDocumentsCommandInput,
  ModifyDocumentPermissionCommandInput,
  Tag,
} from '@aws-sdk/client-ssm';
import type { Authorization } from '../authorization';
import type { Caller, Commands } from '../commands';
import { pageOf } from '../page';
import { Placed } from '../placed';
import { serviceError } from '../service-error';

/** A document as it really is. */
export interface DocumentState {
  accountId: string;
  region: string;
  createdAt: string;
  /** The versions that it has; an owner may delete the first. */
  versions: string[];
  /** With whom it is shared, and which of its versions: `all`, or accounts' ids. Never both. */
  shares: { account: string; version: string }[];
  tags: Tag[];
}

type Location = Pick<DocumentState, 'accountId' | 'region'>;

const sharingSetting = '/ssm/documents/console/public-sharing-permission';

/**
 * Documents in memory, as Systems Manager answers the calls that read and change with whom they are shared. Codes:
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ModifyDocumentPermission.html
 */
export class Ssm {
  readonly #documents = new Placed<DocumentState & { name: string }>();
  readonly #blocked = new Set<string>();
  /** How many accounts a page of permissions holds. */
  permissionsInPage = 200;

  constructor(private readonly authorization: Authorization) {}

  /** Makes a document, or replaces it. */
  create(name: string, state: Partial<DocumentState> & Pick<DocumentState, 'accountId'>): void {
    const createdAt = '2026-01-01T00:00:00.000Z';
    const common = { name, region: 'eu-west-1', createdAt, versions: ['1'], shares: [], tags: [] };
    this.#documents.set(keyOf(name, { region: 'eu-west-1', ...state }), { ...common, ...state });
  }

  /** Deletes a document. */
  delete(name: string, place: Location): void {
    this.#documents.delete(keyOf(name, place));
  }

  /** A document as it really is, to be looked at or changed as somebody in the account could; undefined when it is gone. */
  get(name: string, place: Location): DocumentState | undefined {
    return this.#documents.get(keyOf(name, place));
  }

  /** Turns on the setting that blocks public sharing in a place. */
  block({ accountId, region }: Location): void {
    this.#blocked.add(`${accountId} ${region}`);
  }

  /** What a client of Systems Manager sends. */
  readonly commands: Commands = {
    ListDocuments: (input: ListDocumentsCommandInput, caller: Caller) => {
      const place = this.#allowed(caller, 'ssm:ListDocuments', '*');
      const [filter] = input.Filters ?? [];
      if (filter?.Key !== 'Owner' || filter.Values?.join() !== 'Self') {
        throw new Error("The in-memory SSM lists an account's own documents.");
      }
      const all = this.#documents.idsIn(place).flatMap((key) => this.#documents.get(key) ?? []);
      const { page, next } = pageOf(all, input.NextToken, input.MaxResults ?? 10);
      return {
        DocumentIdentifiers: page.map(({ name, accountId }) => ({ Name: name, Owner: accountId })),
        ...(next && { NextToken: next }),
      };
    },
    DescribeDocument: (input: DescribeDocumentCommandInput, caller: Caller) => {
      const { Name = '', DocumentVersion } = input;
      const { accountId, createdAt, versions, tags } = this.#reached(Name, caller, 'ssm:DescribeDocument');
      if (DocumentVersion !== undefined && !versions.includes(DocumentVersion)) {
        throw serviceError('SSM', 'InvalidDocumentVersion', 'The document version is not valid.');
      }
      const Tags = tags.map((tag) => ({ ...tag }));
      return { Document: { Name, Owner: accountId, CreatedDate: new Date(createdAt), Tags } };
    },
    DescribeDocumentPermission: (input: DescribeDocumentPermissionCommandInput, caller: Caller) => {
      const { Name = '', NextToken } = input;
      const { shares } = this.#reached(Name, caller, 'ssm:DescribeDocumentPermission');
      const { page, next } = pageOf(shares, NextToken, this.permissionsInPage);
      return {
        AccountIds: page.map(({ account }) => account),
        AccountSharingInfoList: page.map(({ account, version }) => ({
          AccountId: account,
          SharedDocumentVersion: version,
        })),
        ...(next && { NextToken: next }),
      };
    },
    GetServiceSetting: ({ SettingId }: GetServiceSettingCommandInput, caller: Caller) => {
      if (SettingId !== sharingSetting) throw new Error(`The in-memory SSM does not know ${SettingId}.`);
      const { accountId, region } = placeOf(caller);
      const arn = `arn:aws:ssm:${region}:${accountId}:servicesetting${sharingSetting}`;
      this.#allowed(caller, 'ssm:GetServiceSetting', arn);
      const isBlocked = this.#blocked.has(`${accountId} ${region}`);
      return { ServiceSetting: { SettingId, SettingValue: isBlocked ? 'Disable' : 'Enable' } };
    },
    ModifyDocumentPermission: (input: ModifyDocumentPermissionCommandInput, caller: Caller) => {
      const { Name = '' } = input;
      this.#modify(this.#reached(Name, caller, 'ssm:ModifyDocumentPermission'), input);
      return {};
    },
  };

  /** Changes the list all or none. Who is there already, or is not, is no error. */
  #modify(document: DocumentState, input: ModifyDocumentPermissionCommandInput): void {
    const { AccountIdsToAdd: added = [], AccountIdsToRemove: removed = [], SharedDocumentVersion } = input;
    const place = `${document.accountId} ${document.region}`;
    if (added.includes('all') && this.#blocked.has(place)) {
      throw serviceError(
        'SSM',
        'InvalidPermissionType',
        'Public sharing of documents is blocked for this account.',
      );
    }
    if ([added, removed].some((accounts) => accounts.length > 20)) {
      throw serviceError('SSM', 'DocumentPermissionLimit', 'At most 20 accounts at once.');
    }
    const kept = document.shares.filter(({ account }) => ![...removed, ...added].includes(account));
    const version = SharedDocumentVersion ?? '$DEFAULT';
    const shares = [...kept, ...added.map((account) => ({ account, version }))];
    if (shares.length > 1 && shares.some(({ account }) => account === 'all')) {
      throw serviceError('SSM', 'DocumentPermissionLimit', 'Share it with all or with a group of accounts.');
    }
    document.shares = shares;
  }

  /** @returns where the caller is, once the call is allowed */
  #allowed(caller: Caller, action: string, resource: string): Location {
    const place = placeOf(caller);
    const { accountId } = place;
    this.authorization.check(caller, { service: 'SSM', action, resources: [resource], accountId });
    return place;
  }

  #reached(name: string, caller: Caller, action: string): DocumentState {
    const { accountId, region } = placeOf(caller);
    this.#allowed(caller, action, `arn:aws:ssm:${region}:${accountId}:document/${name}`);
    const document = this.get(name, { accountId, region });
    if (document) return document;
    throw serviceError('SSM', 'InvalidDocument', 'Document with that name does not exist.');
  }
}

function placeOf({ session, region }: Caller): Location {
  return { accountId: session?.accountId ?? '', region };
}

function keyOf(name: string, { accountId, region }: Location): string {
  return `${accountId} ${region} ${name}`;
}
