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

/** A document, as far as it can be shared. */
export interface SharedDocument {
  accountId: string;
  region: string;
  createdAt: string;
  /** The version that is shared with each account, by its id, or with everybody, by `all`. */
  sharedWith: Record<string, string>;
  tags: Tag[];
}

type Place = Pick<SharedDocument, 'accountId' | 'region'>;

/** The setting by which sharing with everybody is blocked. */
const setting = '/ssm/documents/console/public-sharing-permission';

/**
 * Documents in memory, as Systems Manager answers the calls that read and change with whom they are shared. Codes:
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ModifyDocumentPermission.html
 */
export class Ssm {
  readonly #documents = new Placed<SharedDocument & { name: string }>();
  readonly #blocked = new Set<string>();

  constructor(private readonly authorization: Authorization) {}

  /** Makes one, or replaces it. Names are an account's own in a Region. */
  createDocument(name: string, document: Partial<SharedDocument> & Pick<SharedDocument, 'accountId'>): void {
    const whole: SharedDocument = {
      region: 'eu-west-1',
      createdAt: '2026-01-01T00:00:00.000Z',
      sharedWith: {},
      tags: [],
      ...document,
    };
    this.#documents.set(arnOf(name, whole), { ...whole, name });
  }

  /** Deletes one. */
  deleteDocument(name: string, place: Place): void {
    this.#documents.delete(arnOf(name, place));
  }

  /** One as it really is, to be looked at or changed as somebody in the account could; undefined when it is gone. */
  document(name: string, place: Place): SharedDocument | undefined {
    return this.#documents.get(arnOf(name, place));
  }

  /** Turns the setting that blocks sharing with everybody on or off. */
  blockPublicSharing(place: Place, isBlocked: boolean): void {
    if (isBlocked) this.#blocked.add(keyOf(place));
    else this.#blocked.delete(keyOf(place));
  }

  /** What a client of Systems Manager sends. */
  readonly commands: Commands = {
    ListDocuments: (input: ListDocumentsCommandInput, caller: Caller) => {
      const place = this.#checked(caller, 'ssm:ListDocuments', '*');
      const isOwn = input.Filters?.some(({ Key, Values }) => Key === 'Owner' && Values?.join() === 'Self');
      if (!isOwn) throw new Error("The in-memory Systems Manager lists an account's own documents.");
      const names = this.#documents.idsIn(place).flatMap((arn) => this.#documents.get(arn)?.name ?? []);
      const { page, next } = pageOf(names, input.NextToken, input.MaxResults ?? 10);
      return {
        DocumentIdentifiers: page.map((Name) => ({ Name, Owner: place.accountId })),
        ...(next && { NextToken: next }),
      };
    },
    DescribeDocument: ({ Name = '' }: DescribeDocumentCommandInput, caller: Caller) => {
      const { accountId, createdAt, tags } = this.#reached(Name, caller, 'ssm:DescribeDocument');
      const Tags = tags.map((tag) => ({ ...tag }));
      return { Document: { Name, Owner: accountId, CreatedDate: new Date(createdAt), Tags } };
    },
    DescribeDocumentPermission: (
      { Name = '', NextToken, MaxResults }: DescribeDocumentPermissionCommandInput,
      caller: Caller,
    ) => {
      const { sharedWith } = this.#reached(Name, caller, 'ssm:DescribeDocumentPermission');
      const { page, next } = pageOf(Object.entries(sharedWith), NextToken, MaxResults ?? 200);
      return {
        AccountIds: page.map(([AccountId]) => AccountId),
        AccountSharingInfoList: page.map(([AccountId, SharedDocumentVersion]) => ({
          AccountId,
          SharedDocumentVersion,
        })),
        ...(next && { NextToken: next }),
      };
    },
    ModifyDocumentPermission: (input: ModifyDocumentPermissionCommandInput, caller: Caller) => {
      const { Name = '', AccountIdsToAdd = [], AccountIdsToRemove = [], SharedDocumentVersion } = input;
      const document = this.#reached(Name, caller, 'ssm:ModifyDocumentPermission');
      const [added, removed] = [AccountIdsToAdd, AccountIdsToRemove].map((ids) =>
        ids.map((id) => (id.toLowerCase() === 'all' ? 'all' : id)),
      ) as [string[], string[]];
      this.#checkAdded(added, document);
      const left = Object.entries(document.sharedWith).filter(([id]) => !removed.includes(id));
      const version = SharedDocumentVersion ?? '$DEFAULT';
      document.sharedWith = Object.fromEntries([...left, ...added.map((id) => [id, version])]);
      return {};
    },
    GetServiceSetting: ({ SettingId }: GetServiceSettingCommandInput, caller: Caller) => {
      if (SettingId !== setting) throw new Error(`The in-memory Systems Manager knows no ${SettingId}.`);
      const { accountId = '' } = caller.session ?? {};
      const arn = `arn:aws:ssm:${caller.region}:${accountId}:servicesetting${setting}`;
      const place = this.#checked(caller, 'ssm:GetServiceSetting', arn);
      const SettingValue = this.#blocked.has(keyOf(place)) ? 'Disable' : 'Enable';
      return { ServiceSetting: { SettingId, SettingValue } };
    },
  };

  /** A document is shared with everybody, or with accounts; up to twenty at a time. */
  #checkAdded(added: readonly string[], { sharedWith, ...place }: SharedDocument): void {
    if (added.includes('all') && this.#blocked.has(keyOf(place))) {
      throw serviceError('SSM', 'InvalidPermissionType', 'Public sharing is blocked for this account.');
    }
    const all = [...Object.keys(sharedWith), ...added];
    const isMixed = added.length > 0 && all.includes('all') && all.some((id) => id !== 'all');
    if (added.length <= 20 && !isMixed) return;
    throw serviceError(
      'SSM',
      'DocumentPermissionLimit',
      'Accounts can either be all or a group of AWS accounts.',
    );
  }

  /** The document of a call, once the call is allowed. */
  #reached(name: string, caller: Caller, action: string): SharedDocument {
    const place = { accountId: caller.session?.accountId ?? '', region: caller.region };
    this.#checked(caller, action, arnOf(name, place));
    const document = this.document(name, place);
    if (document) return document;
    throw serviceError('SSM', 'InvalidDocument', 'The specified document does not exist.');
  }

  #checked(caller: Caller, action: string, resource: string): Place {
    const accountId = caller.session?.accountId ?? '';
    this.authorization.check(caller, { service: 'SSM', action, resources: [resource], accountId });
    return { accountId, region: caller.region };
  }
}

function arnOf(name: string, { accountId, region }: Place): string {
  return `arn:aws:ssm:${region}:${accountId}:document/${name}`;
}

function keyOf({ accountId, region }: Place): string {
  return `${accountId} ${region}`;
}
