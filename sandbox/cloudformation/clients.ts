import type { Place } from '../events';
import type { Credentials, Gateway } from '../gateway/api';
import { manyCalls } from '../many-calls';

/** How every client of the sandbox's deployments is configured. */
interface ClientConfiguration {
  endpoint: string;
  credentials: Credentials;
  region: string;
  requestHandler: { socketAcquisitionWarningTimeout: number };
  /** S3: the bucket is named in the path, since there is no host of its own for it here. */
  forcePathStyle: true;
  /** SQS: without this the client goes to the host of the queue's URL, which is AWS's own. */
  useQueueUrlAsEndpoint: false;
}

/** The class of an SDK client. */
export type ClientClass<Client> = new (configuration: ClientConfiguration) => Client;

/** Gives out SDK clients of an account's administrator in a Region. */
export type ClientOf = <Client>(place: Place, clientClass: ClientClass<Client>) => Client;

/**
 * Makes clients that go through the gateway: one of a class for each account and Region, kept for the next use.
 * @param credentialsOf whose they are; default: the administrator's of each account
 */
export function createClients(
  gateway: Gateway,
  credentialsOf: (accountId: string) => Credentials = (accountId) => gateway.administratorOf(accountId),
): ClientOf {
  const kept = new Map<unknown, Map<string, unknown>>();
  return <Client>({ accountId, region }: Place, clientClass: ClientClass<Client>): Client => {
    const ofClass = kept.get(clientClass) ?? new Map<string, unknown>();
    kept.set(clientClass, ofClass);
    const key = `${accountId}/${region}`;
    const known = ofClass.get(key);
    // Only instances of `clientClass` are kept under it.
    if (known) return known as Client;
    const client = new clientClass({
      ...manyCalls,
      endpoint: gateway.endpoint,
      credentials: credentialsOf(accountId),
      region,
      forcePathStyle: true,
      useQueueUrlAsEndpoint: false,
    });
    ofClass.set(key, client);
    return client;
  };
}
