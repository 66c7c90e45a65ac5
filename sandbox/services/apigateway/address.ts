/** Where the sandbox serves REST APIs; no bucket's name begins with an underscore. */
const path = '/_aws/execute-api/';

/** Below which path the gateway serves an API. */
export function pathOfApi(apiId: string): string {
  return `${path}${apiId}/`;
}

/**
 * A text with every URL of a REST API in it led to the gateway: AWS serves an API at a host of its own, which nothing on this machine
 * resolves to.
 * @param endpoint of the gateway
 */
export function servedHere(text: string, endpoint: string): string {
  return text.replace(
    /https:\/\/([a-z0-9]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?\//g,
    (_, apiId: string) => `${endpoint}${pathOfApi(apiId)}`,
  );
}
