import type { SSMClient } from '@aws-sdk/client-ssm';
import type { Json } from '../../core/json';
import type { Reading } from '../kit/live-resource';
import type { ShareAccess } from '../kit/share-list/adapter';
import { saidByTags } from '../kit/tags';
import { describeDocument, getPermissions, getSetting, type Permissions } from './calls';
import { documentFromApi, type SsmDocument } from './model';

/**
 * Reads everything that decides who may read and run a document, and until when its tag says that it is exempt.
 * @returns `gone` when the account owns no such document: of AWS's own Systems Manager would tell too
 * @throws ResourceInputError when AWS answers what nobody here understands
 */
export async function readDocument(access: ShareAccess<SSMClient>): Promise<Reading<SsmDocument> | 'gone'> {
  const document = await describeDocument(access);
  if (document === 'gone' || !/^\d{12}$/.test(document.Owner ?? '')) return 'gone';
  const [permissions, ServiceSetting] = await Promise.all([getPermissions(access), getSetting(access)]);
  if (permissions === 'gone') return 'gone';
  const { Name = access.id, Owner, CreatedDate, Tags = [] } = document;
  const answered = { Name, Owner, CreatedDate, ...inOrder(permissions), ServiceSetting };
  // What the SDK answers here is JSON but for a date and undefined values.
  const before = JSON.parse(JSON.stringify(answered)) as Json;
  return { resource: documentFromApi(before), before, ...saidByTags(Tags) };
}

/** Systems Manager promises no order of accounts, and a state is compared as a whole. */
function inOrder({ AccountIds, AccountSharingInfoList }: Permissions): Permissions {
  return {
    AccountIds: [...AccountIds].sort(),
    AccountSharingInfoList: [...AccountSharingInfoList].sort((one, other) =>
      (one.AccountId ?? '') < (other.AccountId ?? '') ? -1 : 1,
    ),
  };
}
