import type { JsonObject } from '../../../core/json';
import type { Example, TypeExamples } from './examples';

const control = 'ssm-document-public';
const Name = 'Restart-Shop';
const partner = '444455556666';

const document = (AccountIds: string[], more: JsonObject = {}, parameters?: JsonObject): Example => ({
  control,
  ...(parameters && { parameters }),
  answer: () => ({
    Name,
    Owner: '222222222222',
    CreatedDate: '2026-01-01T00:00:00.000Z',
    AccountIds,
    AccountSharingInfoList: AccountIds.map((AccountId) => ({ AccountId, SharedDocumentVersion: '$DEFAULT' })),
    ServiceSetting: { SettingValue: 'Enable' },
    ...more,
  }),
});

/** SSM documents. No words of strangers are part of what decides. */
export const ssmDocumentExamples: TypeExamples = {
  ids: () => [Name, 'a.b', 'Restart_Shop-2'],
  longestId: () => 'D'.repeat(128),
  noIds: [
    '',
    'ab',
    'Restart Shop',
    'shop/restart',
    'D'.repeat(129),
    'arn:aws:ssm:eu-west-1:222222222222:document/Restart-Shop',
  ],
  dangers: {
    'shared with everybody': document(['all']),
    'shared with everybody, as AWS documents the word': document(['All']),
    'shared with everybody before public sharing was blocked': document(['all'], {
      ServiceSetting: {
        SettingId: '/ssm/documents/console/public-sharing-permission',
        SettingValue: 'Disable',
      },
    }),
    'what the aws command line prints, and a name': {
      control,
      answer: () => ({ Name, AccountIds: ['all'] }),
    },
    'shared with an account that is not trusted': document(
      [partner, '777777777777'],
      {},
      { trustedAccounts: [partner] },
    ),
  },
  neighbours: {
    'shared with nobody': document([]),
    'shared with accounts': document([partner, '777777777777']),
    'shared with trusted accounts and its own': document(
      [partner, '222222222222'],
      {},
      { trustedAccounts: [partner] },
    ),
  },
};
