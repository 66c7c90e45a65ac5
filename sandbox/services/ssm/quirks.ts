import type { ApiCall } from '../../gateway/api';
import { ApiError } from '../../gateway/protocols/errors';
import type { Quirks } from '../service';
import { answerSetting, PublicSharing, settingOperations } from './service-settings';

/** What Systems Manager does and moto does not: the setting that blocks sharing documents with everybody, and `All` in any spelling. */
export const quirks: Quirks = {
  check: (call, learned) => checkSharing(call, learned.of(PublicSharing)),
  // moto knows everybody by small letters alone: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ModifyDocumentPermission.html
  askMoto: (call, request, moto) =>
    call.operation === 'ModifyDocumentPermission'
      ? moto.send({ ...request, body: Buffer.from(JSON.stringify(inSmallLetters(call.parameters))) })
      : moto.send(request),
  standIn: ({ learned, now }) => ({
    operations: settingOperations,
    answer: async (call) => answerSetting(call, learned.of(PublicSharing), now()),
  }),
};

/**
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-ssm-sharing.html
 * @throws ApiError as SSM would answer
 */
function checkSharing(call: ApiCall, sharing: PublicSharing): void {
  if (call.operation !== 'ModifyDocumentPermission' || sharing.valueOf(call) !== 'Disable') return;
  const { AccountIdsToAdd: added } = call.parameters as { AccountIdsToAdd?: string[] };
  if (!added?.some(isEverybody)) return;
  throw new ApiError(
    'InvalidPermissionType',
    'Public sharing of documents is blocked for this account in this Region.',
  );
}

function inSmallLetters(parameters: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const lists = ['AccountIdsToAdd', 'AccountIdsToRemove'];
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      lists.includes(name) && Array.isArray(value)
        ? value.map((id) => (isEverybody(id) ? 'all' : id))
        : value,
    ]),
  );
}

function isEverybody(accountId: unknown): boolean {
  return String(accountId).toLowerCase() === 'all';
}
