import {
  type AccountSharingInfo,
  DescribeDocumentCommand,
  DescribeDocumentPermissionCommand,
  type DocumentDescription,
  GetServiceSettingCommand,
  ModifyDocumentPermissionCommand,
  type ModifyDocumentPermissionRequest,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import { RefusedError } from '../../core/errors';
import { asWrite, orWhenMissing } from '../kit/aws-error';
import type { ShareAccess, ShareReads } from '../kit/share-list/adapter';
import type { ShareCalls } from '../kit/share-list/share-calls';
import type { Sharee, ShareList } from '../kit/share-list/shared-resource';
import { everybodysId, shareOfPermissions } from './model';
import { publicSharingSetting } from './public-sharing';

/** One document, and a session's client. */
type DocumentReads = ShareReads<SSMClient> & Pick<ShareAccess<SSMClient>, 'id'>;

/** Everybody on a document's list. */
export interface Permissions {
  AccountIds: string[];
  AccountSharingInfoList: AccountSharingInfo[];
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeDocumentPermission.html */
const missing = ['InvalidDocument'];

/**
 * What Systems Manager answers to a change that it will never take as it is. AWS documents no code of its own for sharing with everybody
 * while that is blocked.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ModifyDocumentPermission.html
 */
const refusals = [
  'DocumentLimitExceeded',
  'DocumentPermissionLimit',
  'InvalidDocumentOperation',
  'InvalidPermissionType',
  'ValidationException',
];

/**
 * The document by its first version, whose date is when it was made: later versions have dates of their own. Where the owner deleted the
 * first one, `CreatedDate` is left out.
 * @returns `gone` where there is no such document
 */
export async function describeDocument(reads: DocumentReads): Promise<DocumentDescription | 'gone'> {
  const { client, id: Name, signal: abortSignal } = reads;
  const describe = (DocumentVersion?: string) =>
    client.send(new DescribeDocumentCommand({ Name, ...(DocumentVersion && { DocumentVersion }) }), {
      abortSignal,
    });
  const first = await orWhenMissing(
    orWhenMissing(describe('1'), missing, 'gone' as const),
    ['InvalidDocumentVersion'],
    'no first version' as const,
  );
  if (first === 'gone') return first;
  if (first !== 'no first version') return first.Document ?? 'gone';
  const now = await orWhenMissing(describe(), missing, 'gone' as const);
  if (now === 'gone' || now.Document === undefined) return 'gone';
  const { CreatedDate: _ofAnotherVersion, ...document } = now.Document;
  return document;
}

/** With whom a document is shared, of all pages; `gone` where there is no such document. */
export async function getPermissions({
  client,
  id: Name,
  signal: abortSignal,
}: DocumentReads): Promise<Permissions | 'gone'> {
  const all: Permissions = { AccountIds: [], AccountSharingInfoList: [] };
  let NextToken: string | undefined;
  do {
    const command = new DescribeDocumentPermissionCommand({
      Name,
      PermissionType: 'Share',
      ...(NextToken && { NextToken }),
    });
    const page = await orWhenMissing(client.send(command, { abortSignal }), missing, 'gone' as const);
    if (page === 'gone') return page;
    all.AccountIds.push(...(page.AccountIds ?? []));
    all.AccountSharingInfoList.push(...(page.AccountSharingInfoList ?? []));
    NextToken = page.NextToken;
  } while (NextToken);
  return all;
}

/** What the account's setting in the Region says; undefined where the Region has none. */
export async function getSetting({ client, signal: abortSignal }: ShareReads<SSMClient>) {
  const asked = client.send(new GetServiceSettingCommand({ SettingId: publicSharingSetting }), {
    abortSignal,
  });
  const answer = await orWhenMissing(asked, ['ServiceSettingNotFound'], undefined);
  return answer && { SettingValue: answer.ServiceSetting?.SettingValue };
}

/** The calls of one document's share list. */
export function documentShareCalls(access: ShareAccess<SSMClient>): ShareCalls {
  let last: ShareList | undefined;
  return {
    async read() {
      const permissions = await getPermissions(access);
      if (permissions === 'gone') return 'gone';
      last = shareOfPermissions(permissions);
      return last;
    },
    remove: (sharees) => modify(access, { AccountIdsToRemove: sharees.map(idOf) }),
    async add(sharees) {
      refuseBoth(last, sharees);
      // One call takes those of one version.
      const version = sharees[0]?.version;
      await modify(access, {
        AccountIdsToAdd: sharees.map(idOf),
        ...(version !== undefined && { SharedDocumentVersion: version }),
      });
    },
    // https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ModifyDocumentPermission.html
    perCall: 20,
    refusals,
    missing,
  };
}

/** @throws RefusedError where a document would be shared with everybody and with accounts: AWS would take one for the other */
function refuseBoth(last: ShareList | undefined, sharees: readonly Sharee[]): void {
  const addsAll = sharees.some((sharee) => 'group' in sharee);
  if (addsAll ? (last?.accounts.length ?? 0) > 0 : last?.everybody) {
    throw new RefusedError('Systems Manager does not share a document with everybody and with accounts.');
  }
}

async function modify(
  { client, id: Name, signal: abortSignal, mayWrite }: ShareAccess<SSMClient>,
  change: Pick<
    ModifyDocumentPermissionRequest,
    'AccountIdsToAdd' | 'AccountIdsToRemove' | 'SharedDocumentVersion'
  >,
): Promise<void> {
  const command = new ModifyDocumentPermissionCommand({ Name, PermissionType: 'Share', ...change });
  await mayWrite();
  await asWrite(client.send(command, { abortSignal }));
}

function idOf(sharee: Sharee): string {
  if ('group' in sharee) return everybodysId;
  return 'account' in sharee ? sharee.account : sharee.organization;
}
