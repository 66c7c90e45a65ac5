/**
 * Where a sandbox is asked: AWS_ENDPOINT_URL, where that is on this machine; undefined where the commands ask AWS.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function sandboxEndpoint(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  const { AWS_ENDPOINT_URL: endpoint } = environment;
  if (!endpoint || !URL.canParse(endpoint)) return undefined;
  const { hostname } = new URL(endpoint);
  return ['127.0.0.1', 'localhost', '[::1]'].includes(hostname) ? endpoint : undefined;
}
