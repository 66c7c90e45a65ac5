import { KMSClient, type KMSClientConfig } from '@aws-sdk/client-kms';
import { clientConfiguration } from '../kit/client-configuration';
import { type Adapter, settlesInSeconds } from '../kit/live-resource';
import { holderAdapter } from '../kit/policy/holder/adapter';
import { getPolicy, putPolicy } from './calls';
import { keyKind } from './kind';
import type { Key } from './model';
import { readKey } from './read';

/**
 * Reads and changes the policies of keys.
 * @param overrides of the client's configuration
 */
export function keyAdapter(overrides: KMSClientConfig = {}): Adapter<Key> {
  return holderAdapter(keyKind, ({ finding, credentials, signal, mayWrite }) => {
    const client = new KMSClient({ ...clientConfiguration(finding.region, credentials), ...overrides });
    const access = { client, id: finding.resourceId, signal, mayWrite };
    return {
      // A change of a key policy may take some minutes to be seen everywhere; what is not seen by then is looked at again:
      // https://docs.aws.amazon.com/kms/latest/developerguide/accessing-kms.html#programming-eventual-consistency
      settling: settlesInSeconds,
      read: () => readKey(access),
      readPolicy: () => getPolicy(access),
      writePolicy: (policy) => putPolicy(access, policy),
      close: () => client.destroy(),
    };
  });
}

/** The name by which the type's remediation function finds it. */
export { keyAdapter as adapter };
