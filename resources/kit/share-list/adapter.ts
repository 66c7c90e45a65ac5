import type { Json } from '../../../core/json';
import { type ClientConfiguration, clientConfiguration } from '../client-configuration';
import { type Adapter, type Reading, type ResourceAccess, settlesInSeconds } from '../live-resource';
import { applyShareRemovals } from './apply';
import { restoreShares } from './restore';
import type { ShareCalls } from './share-calls';
import type { ShareWords } from './share-words';
import type { SharedResource } from './shared-resource';
import { planShareUndo } from './undo';

/** A session's client of a service. */
export interface ShareReads<Client> extends Pick<ResourceAccess, 'signal'> {
  client: Client;
}

/** One resource that can be shared, and the client of the session that may reach it. */
export interface ShareAccess<Client> extends ShareReads<Client>, Pick<ResourceAccess, 'mayWrite'> {
  id: string;
}

/** What differs from type to type where a share list is read and changed over AWS. */
export interface ShareAdapterParts<Resource extends SharedResource, Client> {
  resourceType: Adapter['resourceType'];
  words: ShareWords;
  makeClient(configuration: ClientConfiguration): Client;
  /** Reads one as `LiveResource.read` does. */
  read(access: ShareAccess<Client>): Promise<Reading<Resource> | 'gone'>;
  /**
   * The model of a saved state.
   * @throws ResourceInputError when it cannot be understood
   */
  fromSaved(state: Json): Resource;
  calls(access: ShareAccess<Client>): ShareCalls;
}

/** Reads and changes resources of a type that can be shared. */
export function shareAdapter<Resource extends SharedResource, Client extends { destroy(): void }>({
  resourceType,
  words,
  makeClient,
  read,
  fromSaved,
  calls,
}: ShareAdapterParts<Resource, Client>): Adapter<Resource> {
  return {
    resourceType,
    planUndo: planShareUndo(fromSaved, words),
    open({ finding, credentials, signal, mayWrite }) {
      const client = makeClient(clientConfiguration(finding.region, credentials));
      const access = { client, id: finding.resourceId, signal, mayWrite };
      const shareCalls = calls(access);
      return {
        settling: settlesInSeconds,
        read: () => read(access),
        apply: (plan, _reading, onApplied) => applyShareRemovals(shareCalls, words, plan, onApplied),
        applyUndo: (changes, onApplied) => restoreShares(shareCalls, words, changes, onApplied),
        close: () => client.destroy(),
      };
    },
  };
}
