import { SSMClient, type SSMClientConfig } from '@aws-sdk/client-ssm';
import type { Adapter } from '../kit/live-resource';
import { shareAdapter } from '../kit/share-list/adapter';
import { documentShareCalls } from './calls';
import { documentFromApi, type SsmDocument } from './model';
import { readDocument } from './read';
import { planUndo } from './undo';
import { documentWords } from './words';

/**
 * Reads and changes SSM documents.
 * @param overrides of the SSM client's configuration
 */
export function documentAdapter(overrides: SSMClientConfig = {}): Adapter<SsmDocument> {
  const adapter = shareAdapter({
    resourceType: 'AWS::SSM::Document',
    words: documentWords,
    makeClient: (configuration) => new SSMClient({ ...configuration, ...overrides }),
    read: readDocument,
    fromSaved: documentFromApi,
    calls: documentShareCalls,
  });
  return { ...adapter, planUndo };
}

/** The name by which the type's remediation function finds it. */
export { documentAdapter as adapter };
