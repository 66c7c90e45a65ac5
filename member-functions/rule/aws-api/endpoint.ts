/** One of AWS's services with a JSON protocol. */
export interface JsonApi {
  /** Where its endpoint's name begins; its name in signatures, too. */
  endpointPrefix: string;
  /** The service id, as the SDKs' variables spell it: in capitals, with underscores. */
  serviceId: string;
  /** What stands before the operation in the header `X-Amz-Target`. */
  target: string;
  /** https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html */
  protocol: '1.0' | '1.1';
}

/**
 * Where a service is called: where the environment says, as the SDKs understand it
 * (https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html), and else at its Regional endpoint
 * (https://docs.aws.amazon.com/general/latest/gr/awsconfig.html). Pure.
 * @param urlSuffix the partition's: `amazonaws.com`, or `amazonaws.com.cn` in China
 * @throws TypeError when the environment's endpoint is no URL
 */
export function endpointOf(
  { endpointPrefix, serviceId }: JsonApi,
  region: string,
  urlSuffix: string,
  environment: Readonly<Record<string, string | undefined>>,
): URL {
  const configured = environment[`AWS_ENDPOINT_URL_${serviceId}`] || environment.AWS_ENDPOINT_URL;
  return configured && environment.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS !== 'true'
    ? new URL(configured)
    : new URL(`https://${endpointPrefix}.${region}.${urlSuffix}`);
}
