import { STSClient } from '@aws-sdk/client-sts';
import { partition } from '@aws-sdk/core/client';

/** A request that is signed and sent. */
export interface SignedPost {
  url: URL;
  /** AWS's name of the service in signatures. */
  service: string;
  /** The Region for which it is signed. */
  region: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** What came back, whatever its status. */
export interface HttpAnswer {
  status: number;
  /** By their names in small letters. */
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** Longer than API Gateway waits for a function, which is 29 seconds. */
const requestMilliseconds = 35_000;

/**
 * Posts what is signed with the credentials that the SDK finds, by the SDK's own signer and over its own connections: those that a
 * client of it has resolved, whatever the service.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
 */
export class SignedPosts {
  private readonly client: STSClient;

  /**
   * @param region of the hub
   * @param endpoint where what AWS would answer is sent in its place, as the SDK does it with an endpoint from the environment; the
   *   `host` that is signed stays AWS's
   */
  constructor(
    region: string,
    private readonly endpoint?: URL,
  ) {
    this.client = new STSClient({
      region,
      requestHandler: {
        connectionTimeout: 5_000,
        requestTimeout: requestMilliseconds,
        throwOnRequestTimeout: true,
      },
    });
  }

  /**
   * Sends it once.
   * @throws the SDK's errors where there are no credentials, no connection, or no answer
   */
  async post({ url, service, region, headers, body }: SignedPost): Promise<HttpAnswer> {
    const { config } = this.client;
    const signer = await config.signer();
    const request = {
      ...placeOf(url),
      method: 'POST',
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: { ...headers, host: url.host, 'content-length': String(Buffer.byteLength(body)) },
      body,
    };
    const signed = await signer.sign(request, { signingService: service, signingRegion: region });
    const place = placeOf((isOfAws(url, region) && this.endpoint) || url);
    const { response } = await config.requestHandler.handle(Object.assign(signed, place));
    return {
      status: response.statusCode,
      headers: response.headers,
      body: Buffer.from(await config.streamCollector(response.body)).toString('utf8'),
    };
  }

  /** Closes connections. */
  close(): void {
    this.client.destroy();
  }
}

function placeOf({ protocol, hostname, port }: URL) {
  return {
    protocol,
    hostname: hostname.replace(/^\[(.*)\]$/, '$1'),
    ...(port !== '' && { port: Number(port) }),
  };
}

/** Whether AWS answers at an address. */
function isOfAws({ hostname }: URL, region: string): boolean {
  return hostname.endsWith(`.${partition(region).dnsSuffix}`);
}
