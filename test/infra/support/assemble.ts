import { type Assembly, readAssembly, type Template, type TemplateResource } from '../../../infra/assembly';
import { assembleOnce } from '../../support/assembly';

export const organizationId = 'o-exampleorg1';
export const hubAccount = '222222222222';
export const hubRegion = 'eu-west-1';

/** A policy file with this default flag. */
export function policyFile(flag: 'off' | 'approval' | 'on'): string {
  return `
organization: { id: ${organizationId}, managementAccount: "111111111111" }
hub: { account: "${hubAccount}", region: ${hubRegion} }
regions: [${hubRegion}, us-east-1]
targets: [ou-abcd-11111111, ou-abcd-22222222]
autoResponse: { default: off, organizationalUnits: { ou-abcd-11111111: ${flag} } }
slack: { channel: C0123456789, team: T0123456789, app: A0123456789 }
`;
}

/** The real app, with the real controls and functions; nobody may change its files. */
export function assemble(flag: 'off' | 'approval' | 'on' = 'off'): Promise<Assembly> {
  return assembleFor(policyFile(flag));
}

/** The real app for a policy and the structure file beside it, given as text; nobody may change its files. */
export async function assembleFor(policy: string, structure?: string): Promise<Assembly> {
  return readAssembly(await assembleOnce(policy, '', 'organization.yaml', structure));
}

/** The template of a hub stack. */
export function stackTemplate({ stacks }: Assembly, stackName: string): Template {
  const stack = stacks.find((candidate) => candidate.stackName === stackName);
  if (!stack) throw new Error(`There is no stack ${stackName}.`);
  return stack.template;
}

/** The template that a stack set deploys. */
export function memberTemplate({ memberTemplates }: Assembly, stackSetName: string): Template {
  const member = memberTemplates.find((candidate) => candidate.stackSetName === stackSetName);
  if (!member) throw new Error(`There is no stack set ${stackSetName}.`);
  return member.template;
}

/** Every resource of a type, by logical id. */
export function resourcesOf(template: Template, type: string): [string, TemplateResource][] {
  return Object.entries(template.Resources).filter(([, { Type }]) => Type === type);
}

/** The properties of the only resource of a type. @throws Error when there is none, or another one */
export function onlyOf(template: Template, type: string): Record<string, unknown> {
  const found = resourcesOf(template, type);
  const [first, ...more] = found;
  if (!first || more.length > 0) throw new Error(`${found.length} resources of type ${type}.`);
  return first[1].Properties ?? {};
}

/** The properties of the one resource of a type whose named property has this value. */
export function propertiesOf(
  template: Template,
  type: string,
  property: string,
  value: string,
): Record<string, unknown> {
  const found = resourcesOf(template, type).filter(([, { Properties }]) => Properties?.[property] === value);
  const [only] = found;
  if (!only || found.length > 1)
    throw new Error(`${found.length} resources ${type} with ${property} ${value}.`);
  return only[1].Properties ?? {};
}

/** A statement of an IAM policy, with single values made lists. */
export interface Statement {
  sid?: string;
  effect: string;
  actions: string[];
  /** ARNs; references are written as `${Logical.Attribute}`. */
  resources: string[];
  principal: unknown;
  conditions: unknown;
}

/** The statements of a policy document. */
export function statementsOf(document: unknown): Statement[] {
  const { Statement: statements } = document as { Statement: Record<string, unknown>[] };
  return statements.map((statement) => ({
    ...(typeof statement.Sid === 'string' && { sid: statement.Sid }),
    effect: String(statement.Effect),
    actions: list(statement.Action),
    resources: list(statement.Resource),
    principal: statement.Principal,
    conditions: statement.Condition,
  }));
}

/** Names of the roles that the template names; AWS names the others, which have managed policies alone. */
export function roleNamesIn(template: Template): string[] {
  return resourcesOf(template, 'AWS::IAM::Role').flatMap(([, { Properties }]) =>
    typeof Properties?.RoleName === 'string' ? [Properties.RoleName] : [],
  );
}

/** The statements of a role's inline policies. */
export function roleStatements(template: Template, roleName: string): Statement[] {
  const { Policies } = propertiesOf(template, 'AWS::IAM::Role', 'RoleName', roleName);
  return (Policies as { PolicyDocument: unknown }[]).flatMap(({ PolicyDocument }) =>
    statementsOf(PolicyDocument),
  );
}

/** A value with references, as one string: `${AWS::AccountId}`, `${Ledger.Arn}`. */
export function flat(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if ('Ref' in value) return `\${${String(value.Ref)}}`;
  if ('Fn::GetAtt' in value) return `\${${(value['Fn::GetAtt'] as string[]).join('.')}}`;
  if ('Fn::Join' in value) {
    const [separator, parts] = value['Fn::Join'] as [string, unknown[]];
    return parts.map(flat).join(separator);
  }
  throw new Error(`Not a string: ${JSON.stringify(value)}`);
}

function list(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((entry) => entry !== undefined).map(flat);
}
