import type { Json } from '../../core/json';
import type { Place } from '../events';
import { UnsupportedError } from '../failures';
import { TemplateError } from './errors';
import type { Template } from './template';

/** `Ref` to this makes the property that it stands for as good as absent. */
const noValue = 'AWS::NoValue';
/** CDK's only use of an SSM parameter. */
const bootstrapParameter = /^\/cdk-bootstrap\/[^/]+\/version$/;
/** Which version of CDK's bootstrap stack is there; any recent one will do. */
export const bootstrapVersion = '30';

/** What a stack tells its template about itself. */
export interface StackIdentity extends Place {
  stackName: string;
  stackId: string;
}

/**
 * What a `Ref` to a parameter or a pseudo parameter returns.
 *
 * @param given Values of parameters; a parameter that is not given has its default.
 * @returns A function that returns `{ value }` (undefined for `AWS::NoValue`), or undefined for the name of something
 *   else.
 * @throws TemplateError where a parameter has neither a value nor a default.
 * @throws UnsupportedError for an unknown pseudo parameter, and for an SSM parameter other than CDK's bootstrap version.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html
 */
export function parameterValues(
  template: Template,
  given: Readonly<Record<string, string>>,
  stack: StackIdentity,
): (name: string) => { value: Json | undefined } | undefined {
  const pseudo: Record<string, string | undefined> = {
    'AWS::AccountId': stack.accountId,
    'AWS::Region': stack.region,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stack.stackName,
    'AWS::StackId': stack.stackId,
    [noValue]: undefined,
  };
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(template.Parameters, name)) throw new TemplateError(`There is no parameter ${name}.`);
  }
  return (name) => {
    if (Object.hasOwn(pseudo, name)) return { value: pseudo[name] };
    if (name.startsWith('AWS::')) {
      throw new UnsupportedError(`The sandbox does not support the pseudo parameter ${name}.`);
    }
    const parameter = template.Parameters[name];
    if (!parameter) return undefined;
    const value = given[name] ?? parameter.Default;
    if (value === undefined) throw new TemplateError(`Parameter ${name} has neither a value nor a default.`);
    return { value: typed(name, parameter, String(value)) };
  };
}

function typed(name: string, { Type, AllowedValues }: Template['Parameters'][string], value: string): Json {
  if (AllowedValues && !AllowedValues.map(String).includes(value)) {
    throw new TemplateError(`Parameter ${name} may not be ${value}; allowed: ${AllowedValues.join(', ')}.`);
  }
  if (Type === 'String' || Type === 'Number') return value;
  if (Type === 'CommaDelimitedList' || Type.startsWith('List<'))
    return value.split(',').map((item) => item.trim());
  if (Type === 'AWS::SSM::Parameter::Value<String>' && bootstrapParameter.test(value))
    return bootstrapVersion;
  throw new UnsupportedError(`The sandbox does not support parameter ${name} of type ${Type}.`);
}
