import type { Assembly, Template, TemplateResource } from '../../infra/assembly';

/**
 * How many characters the inline policies of a role may have together; white space does not count.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const maximumRolePolicies = 10_240;

/** The size of one role. */
export interface RoleSize {
  name: string;
  /** Characters of its inline policies, as IAM counts them. */
  characters: number;
}

/** What a template does not say: as long as it can be. */
const longest: Readonly<Record<string, string>> = {
  'AWS::AccountId': '1'.repeat(12),
  'AWS::Region': 'ap-southeast-1',
  'AWS::Partition': 'aws-us-gov',
};

/** Every role of a cloud assembly with policies of its own, by name: those of the hub first. */
export function roleSizes({ stacks, memberTemplates }: Assembly): RoleSize[] {
  return [...stacks, ...memberTemplates].flatMap(({ template }) =>
    Object.values(template.Resources)
      .filter(({ Type, Properties }) => Type === 'AWS::IAM::Role' && Properties?.Policies !== undefined)
      .map(({ Properties = {} }) => ({
        name: String(Properties.RoleName),
        characters: ((Properties.Policies ?? []) as { PolicyDocument: unknown }[]).reduce(
          (sum, { PolicyDocument }) => sum + JSON.stringify(filledIn(PolicyDocument, template)).length,
          0,
        ),
      })),
  );
}

/** A part of a template with every reference replaced by a text as long as what AWS puts there. */
function filledIn(value: unknown, template: Template): unknown {
  if (Array.isArray(value)) return value.map((entry) => filledIn(entry, template));
  if (typeof value !== 'object' || value === null) return value;
  const { Ref: reference, 'Fn::GetAtt': attribute, 'Fn::Join': join } = value as Record<string, unknown>;
  if (typeof reference === 'string') {
    return longest[reference] ?? nameOf(template.Resources[reference]);
  }
  if (Array.isArray(attribute)) return arnOf(template.Resources[String(attribute[0])]);
  if (Array.isArray(join)) {
    const [separator, parts] = filledIn(join, template) as [string, string[]];
    return parts.join(separator);
  }
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, filledIn(entry, template)]));
}

function arnOf(resource: TemplateResource | undefined): string {
  const [, service = '', kind = ''] = (resource?.Type ?? '').toLowerCase().split('::');
  return `arn:aws:${service}:${longest['AWS::Region']}:${longest['AWS::AccountId']}:${kind}/${nameOf(resource)}`;
}

/** A resource's own name; without one, as many characters as an id of AWS has. */
function nameOf(resource: TemplateResource | undefined): string {
  const [, name] = Object.entries(resource?.Properties ?? {}).find(([key]) => /Name$/.test(key)) ?? [];
  return typeof name === 'string' ? name : 'x'.repeat(36);
}
