import { ListDocumentsCommand, SSMClient, type SSMClientConfig } from '@aws-sdk/client-ssm';
import { walkConfiguration } from '../kit/client-configuration';
import { type TypeWalk, walkEach } from '../kit/walk';
import { getPermissions, getSetting } from './calls';
import { type SsmDocument, shareOfPermissions } from './model';
import { blockOf } from './public-sharing';

/** At most 50: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ListDocuments.html */
const documentsInPage = 50;

/**
 * Walks the documents that the account owns. No list tells which of them are shared, so that the permissions of each are read.
 * @param overrides of the SSM client's configuration
 */
export function documentWalk(overrides: SSMClientConfig = {}): TypeWalk<SsmDocument> {
  return {
    resourceType: 'AWS::SSM::Document',
    open({ place: { accountId, region }, credentials, signal }) {
      const client = new SSMClient({ ...walkConfiguration(region, credentials), ...overrides });
      let setting: ReturnType<typeof getSetting> | undefined;
      return {
        async page(token) {
          const { DocumentIdentifiers = [], NextToken } = await client.send(
            new ListDocumentsCommand({
              Filters: [{ Key: 'Owner', Values: ['Self'] }],
              MaxResults: documentsInPage,
              ...(token && { NextToken: token }),
            }),
            { abortSignal: signal },
          );
          setting ??= getSetting({ client, signal });
          const read = await setting;
          const isBlocked = read && blockOf(read.SettingValue) !== 'none';
          const walked = await walkEach(
            DocumentIdentifiers.flatMap(({ Name }) => Name ?? []),
            async (id): Promise<SsmDocument | 'gone'> => {
              const permissions = await getPermissions({ client, id, signal });
              return permissions === 'gone'
                ? 'gone'
                : { id, accountId, share: shareOfPermissions(permissions) };
            },
          );
          return {
            walked,
            ...(isBlocked !== undefined && { isBlocked }),
            ...(NextToken && { next: NextToken }),
          };
        },
        close: () => client.destroy(),
      };
    },
  };
}
