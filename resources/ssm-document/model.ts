import { ResourceInputError } from '../../core/errors';
import {
  fieldsOf,
  isText,
  listOf,
  notUnderstood,
  optionalFieldsOf,
  optionalTextOf,
  textOf,
} from '../kit/input';
import { notRecorded } from '../kit/not-recorded';
import type { ConfigurationItems } from '../kit/resource-type';
import { type SharedResource, type ShareList, shareeKey } from '../kit/share-list/shared-resource';
import { blockOf } from './public-sharing';

/** An SSM document, as far as it decides who may read and run it. */
export type SsmDocument = SharedResource;

/** AWS Config does not record with whom they are shared. */
export const documentItems: ConfigurationItems<SsmDocument> = notRecorded(
  'with whom an AWS::SSM::Document is shared',
);

/** What AWS answers in place of an account's id where everybody may. */
export const everybodysId = 'all';

/**
 * Fills the model from what Systems Manager answers about a document: DescribeDocumentPermission's answer, whose `AccountIds` have to be
 * there; beside it `Name`, `Owner` and `CreatedDate` of DescribeDocument, and GetServiceSetting's answer under `ServiceSetting`, as far as
 * they are known.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeDocumentPermission.html
 * @throws ResourceInputError when it cannot be understood
 */
export function documentFromApi(answer: unknown): SsmDocument {
  const fields = fieldsOf(answer, 'The document');
  if (fields.AccountIds === undefined || fields.AccountIds === null) {
    const expected = 'a list, as `aws ssm describe-document-permission` answers it';
    throw notUnderstood('AccountIds', expected, fields.AccountIds);
  }
  if (isText(fields.NextToken)) {
    throw new ResourceInputError(
      'NextToken says that the list of accounts goes on: put the AccountIds of all pages of `aws ssm describe-document-permission` into one list, and leave it out.',
    );
  }
  const accountId = optionalTextOf(fields.Owner, 'Owner');
  const createdAt = optionalTextOf(fields.CreatedDate, 'CreatedDate');
  const setting = optionalFieldsOf(fields.ServiceSetting, 'ServiceSetting');
  return {
    id: optionalTextOf(fields.Name, 'Name') ?? '',
    ...(accountId !== undefined && { accountId }),
    share: shareOfPermissions(fields),
    ...(setting !== undefined && { blocked: blockOf(setting.SettingValue) }),
    ...(createdAt !== undefined && { createdAt }),
  };
}

/**
 * With whom a document is shared, as Systems Manager answers it.
 * @throws ResourceInputError when it cannot be understood
 */
export function shareOfPermissions({
  AccountIds,
  AccountSharingInfoList,
}: Readonly<{ AccountIds?: unknown; AccountSharingInfoList?: unknown }>): ShareList {
  const ids = new Set(listOf(AccountIds, 'AccountIds').map((id, index) => idIn(id, `AccountIds[${index}]`)));
  const versions = listOf(AccountSharingInfoList, 'AccountSharingInfoList').flatMap((info, index) => {
    const where = `AccountSharingInfoList[${index}]`;
    const fields = fieldsOf(info, where);
    const version = optionalTextOf(fields.SharedDocumentVersion, `${where}.SharedDocumentVersion`);
    const id = idIn(fields.AccountId, `${where}.AccountId`);
    // A list of its own, which names nobody else.
    ids.add(id);
    const key = shareeKey(id === everybodysId ? { group: 'all' } : { account: id });
    return version === undefined ? [] : [[key, version] as const];
  });
  return {
    everybody: ids.has(everybodysId),
    accounts: [...ids].filter((id) => id !== everybodysId),
    organizations: [],
    ...(versions.length > 0 && { versions: Object.fromEntries(versions) }),
  };
}

function idIn(value: unknown, where: string): string {
  const text = textOf(value, where);
  // AWS writes it in either way.
  if (text.toLowerCase() === everybodysId) return everybodysId;
  if (/^\d{12}$/.test(text)) return text;
  // Whoever another word lets in is not known here.
  throw notUnderstood(where, `an account's id or ${everybodysId}`, text);
}
