import * as z from 'zod';
import { ResourceError } from '../../cloudformation/errors';
import { defineHandler, ignoredTags, type ResourceContext } from '../../cloudformation/resource-type';
import { servedHere } from '../apigateway/address';

/**
 * A parameter; a REST API's URL in it leads to the gateway.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ssm-parameter.html
 */
export const parameter = defineHandler(
  z.strictObject({
    Description: z.string().optional(),
    Name: z.string().optional(),
    Tags: ignoredTags,
    Type: z.literal('String'),
    Value: z.string(),
  }),
  async ({ Description, Name: given, Type, Value: value }, context) => {
    const Name = given ?? context.generatedName();
    const Value = servedHere(value, context.gateway.endpoint);
    await call('PutParameter', { Name, Type, Value, Description, Overwrite: false }, context);
    return {
      ref: Name,
      attributes: { Type, Value },
      remove: () => call('DeleteParameter', { Name }, context),
    };
  },
);

/** The SDK's client is nothing that Staunch itself needs here: two calls of AWS's JSON protocol. */
async function call(
  operation: string,
  input: object,
  { gateway, place, credentials }: ResourceContext,
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

/** The service's resource types in templates. */
export const resourceTypes = () => ({ 'AWS::SSM::Parameter': parameter });
