import type { SessionCredentials } from '../../core/remediation';

/** Where calls go, and with whose credentials; those that the SDK finds where none are named. */
export interface CallPlace {
  region: string;
  credentials?: SessionCredentials;
}

/** What each client is made with. */
export interface ClientSettings extends CallPlace {
  maxAttempts: number;
  retryMode: 'adaptive';
  requestHandler: { connectionTimeout: number; requestTimeout: number; throwOnRequestTimeout: true };
}

/** A client of the SDK, as far as whoever makes it takes it. */
export interface Closable {
  destroy(): void;
}

/** How AWS is reached. A test answers in its place. */
export interface AwsAccess {
  /** Makes a client of a service; whoever asks for it closes it. */
  client<Client extends Closable>(type: new (settings: ClientSettings) => Client, place: CallPlace): Client;
}

/**
 * AWS itself, or what AWS_ENDPOINT_URL names. Many accounts take many calls: the adaptive mode spaces them out where AWS throttles.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export const awsAccess: AwsAccess = {
  client: (type, place) =>
    new type({
      ...place,
      maxAttempts: 10,
      retryMode: 'adaptive',
      requestHandler: { connectionTimeout: 5_000, requestTimeout: 20_000, throwOnRequestTimeout: true },
    }),
};

/**
 * Does something with a client, and closes it.
 * @throws what the work throws
 */
export async function withClient<Client extends Closable, Answer>(
  access: AwsAccess,
  type: new (settings: ClientSettings) => Client,
  place: CallPlace,
  work: (client: Client) => Promise<Answer>,
): Promise<Answer> {
  const client = access.client(type, place);
  try {
    return await work(client);
  } finally {
    client.destroy();
  }
}
