import type { Assembly, Template } from '../assembly';

/** A statement of a policy in a template, with lists where a template may have a single text. */
export interface TemplateStatement {
  /** The template's name: a stack's, or a stack set's. */
  template: string;
  /** Logical id of the resource that holds the policy, for example `CoordinatorRoleDefaultPolicy`. */
  holder: string;
  /** Its type, for example `AWS::IAM::Policy`. */
  holderType: string;
  sid: string;
  effect: string;
  /** As the template writes them. */
  actions: string[];
  /** Patterns of ARNs; what is known only when the stack is deployed is `*` in them. None in a trust policy. */
  resources: string[];
  /** Names of condition keys. */
  conditionKeys: string[];
  /** Names of the roles that it says what they may do; none for a policy of a resource, which says who may. */
  roles: string[];
}

/** Properties that hold policies, by the type of what has them. */
const documents: Readonly<Record<string, readonly string[]>> = {
  'AWS::IAM::Role': ['AssumeRolePolicyDocument'],
  'AWS::IAM::Policy': ['PolicyDocument'],
  'AWS::IAM::ManagedPolicy': ['PolicyDocument'],
  'AWS::SQS::QueuePolicy': ['PolicyDocument'],
  'AWS::SNS::TopicPolicy': ['PolicyDocument'],
  'AWS::S3::BucketPolicy': ['PolicyDocument'],
  'AWS::KMS::Key': ['KeyPolicy'],
  'AWS::ApiGateway::RestApi': ['Policy'],
  'AWS::SecretsManager::ResourcePolicy': ['ResourcePolicy'],
};

/** Every statement of every policy in the assembly's templates, those of members included. */
export function statementsOf({ stacks, memberTemplates }: Assembly): TemplateStatement[] {
  return [
    ...stacks.flatMap(({ stackName, template }) => ofTemplate(stackName, template)),
    ...memberTemplates.flatMap(({ stackSetName, template }) => ofTemplate(stackSetName, template)),
  ];
}

/**
 * Every statement of a policy that is in a file by itself.
 * @param name of the file
 * @param document the file, parsed
 */
export function statementsOfPolicy(name: string, document: unknown): TemplateStatement[] {
  const policy = { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document } };
  return ofTemplate(name, { Resources: { Policy: policy } });
}

function ofTemplate(template: string, { Resources }: Template): TemplateStatement[] {
  return Object.entries(Resources).flatMap(([holder, { Type, Properties = {} }]) => {
    const of = (document: unknown, roles: string[]) =>
      listOf(fieldOf(document, 'Statement')).map((statement) => ({
        ...{ template, holder, holderType: Type, roles },
        ...read(statement, Resources),
      }));
    const inline = Type === 'AWS::IAM::Role' ? listOf(Properties.Policies) : [];
    const attached = listOf(Properties.Roles).map((role) => nameOf(fieldOf(role, 'Ref'), Resources));
    return [
      ...(documents[Type] ?? []).flatMap((name) => of(Properties[name], attached)),
      ...inline.flatMap((policy) => of(fieldOf(policy, 'PolicyDocument'), [nameOf(holder, Resources)])),
    ];
  });
}

/** The name that a role has, or its logical id where the template leaves the name to CloudFormation. */
function nameOf(logicalId: unknown, resources: Template['Resources']): string {
  return String(resources[String(logicalId)]?.Properties?.RoleName ?? logicalId);
}

function read(statement: unknown, others: Template['Resources']) {
  const conditions = fieldOf(statement, 'Condition');
  return {
    sid: String(fieldOf(statement, 'Sid') ?? ''),
    effect: String(fieldOf(statement, 'Effect')),
    actions: listOf(fieldOf(statement, 'Action')).map(String),
    resources: listOf(fieldOf(statement, 'Resource')).map((value) => patternOf(value, others)),
    conditionKeys: Object.values(isObject(conditions) ? conditions : {}).flatMap((one) =>
      Object.keys(isObject(one) ? one : {}),
    ),
  };
}

/** What an intrinsic function may come to. A reference to another resource is its ARN: the service is known, no more. */
function patternOf(value: unknown, others: Template['Resources']): string {
  // An API's own policy may leave out what is the same in each of its ARNs:
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
  if (typeof value === 'string') return value.replace(/^execute-api:/, 'arn:*:execute-api:*:*:*');
  const joined = fieldOf(value, 'Fn::Join');
  if (Array.isArray(joined)) {
    const [separator, parts] = joined;
    return listOf(parts)
      .map((part) => patternOf(part, others))
      .join(String(separator));
  }
  const name = fieldOf(value, 'Ref') ?? listOf(fieldOf(value, 'Fn::GetAtt'))[0];
  const type = typeof name === 'string' ? others[name]?.Type : undefined;
  return type === undefined ? '*' : `arn:*:${type.split('::')[1]?.toLowerCase()}:*:*:*`;
}

function listOf(value: unknown): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function fieldOf(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
