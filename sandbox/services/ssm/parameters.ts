import { ResourceError } from '../../cloudformation/errors';
import type { Place } from '../../events';
import type { Credentials, Gateway } from '../../gateway/api';

/**
 * Calls Parameter Store. The SDK's client is nothing that Staunch itself needs here: these are calls of AWS's JSON protocol.
 * @param operation for example `PutParameter`
 * @throws ResourceError with AWS's answer where it refuses
 */
export async function callParameterStore(
  operation: string,
  input: object,
  {
    gateway,
    place,
    credentials,
  }: { gateway: Pick<Gateway, 'endpoint'>; place: Place; credentials: Credentials },
): Promise<void> {
  const { accessKeyId, sessionToken = '' } = credentials;
  const response = await fetch(gateway.endpoint, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/${place.region}/ssm/aws4_request, SignedHeaders=host, Signature=0`,
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-security-token': sessionToken,
      'x-amz-target': `AmazonSSM.${operation}`,
    },
    body: JSON.stringify(input),
  });
  if (!response.ok) throw new ResourceError(`${operation}: ${await response.text()}`);
}
