import { UserError } from './user-error';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where a sandbox is asked: AWS_ENDPOINT_URL, where that is on this machine; undefined where the commands ask AWS.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 * @throws UserError when a variable that names an endpoint is no URL
 */
export function sandboxEndpoint(environment: Environment = process.env): string | undefined {
  checkEndpoints(environment);
  const { AWS_ENDPOINT_URL: endpoint } = environment;
  if (!endpoint) return undefined;
  const { hostname } = new URL(endpoint);
  return ['127.0.0.1', 'localhost', '[::1]'].includes(hostname) ? endpoint : undefined;
}

/**
 * The SDK throws `Invalid URL` in the middle of its work for what was pasted with its placeholder, `http://127.0.0.1:PORT`.
 * @throws UserError when AWS_ENDPOINT_URL, or that of one service (AWS_ENDPOINT_URL_DYNAMODB), is no URL
 */
export function checkEndpoints(environment: Environment): void {
  for (const [name, endpoint] of Object.entries(environment)) {
    if (!/^AWS_ENDPOINT_URL(_|$)/.test(name) || !endpoint || isEndpoint(endpoint)) continue;
    throw new UserError(
      `${name} is ${JSON.stringify(endpoint)}, which is no URL, such as http://127.0.0.1:40000. npm start -- --keep prints that of its sandbox, with the port in place of PORT; without ${name} the commands ask AWS.`,
      2,
    );
  }
}

function isEndpoint(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
