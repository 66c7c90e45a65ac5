import * as z from 'zod';
import { defineHandler, ignoredTags } from '../../cloudformation/resource-type';
import { servedHere } from '../apigateway/address';
import { callParameterStore } from './parameters';

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
    await callParameterStore(
      'PutParameter',
      { Name, Type, Value, Description, Overwrite: context.previous !== undefined },
      context,
    );
    return {
      ref: Name,
      attributes: { Type, Value },
      remove: () => callParameterStore('DeleteParameter', { Name }, context),
    };
  },
  { mayDiffer: (name) => name === 'Value' || name === 'Description' },
);

/** The service's resource types in templates. */
export const resourceTypes = () => ({ 'AWS::SSM::Parameter': parameter });
