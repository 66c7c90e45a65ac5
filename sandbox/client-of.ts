/** What a client of the SDK is made with here. */
export interface SandboxClientConfiguration {
  region: string;
  endpoint: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  requestHandler?: object;
  /** Added to the `User-Agent` of every call. */
  customUserAgent?: [name: string, version: string][];
}

/** A client of some service, made once for each `make`. */
export type ClientOf = <Client>(make: (configuration: SandboxClientConfiguration) => Client) => Client;

/** Makes clients when they are first needed, and keeps them. */
export function clientsMadeWith(configuration: SandboxClientConfiguration): ClientOf {
  const made = new Map<unknown, unknown>();
  return <Client>(make: (configuration: SandboxClientConfiguration) => Client) => {
    if (!made.has(make)) made.set(make, make(configuration));
    return made.get(make) as Client;
  };
}
