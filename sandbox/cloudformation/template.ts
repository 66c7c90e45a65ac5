import * as z from 'zod';
import type { Json } from '../../core/json';
import { UnsupportedError } from '../failures';
import { TemplateError } from './errors';

const json = z.custom<Json>((value) => value !== undefined);
const section = <S extends z.ZodType>(schema: S) => z.record(z.string(), schema).default({});

const parameterSchema = z.looseObject({
  Type: z.string(),
  Default: z.union([z.string(), z.number()]).optional(),
  AllowedValues: z.array(z.union([z.string(), z.number()])).optional(),
});

const resourceSchema = z.strictObject({
  Type: z.string(),
  Properties: section(json),
  DependsOn: z
    .union([z.string().transform((id) => [id]), z.array(z.string())])
    .optional()
    .default([]),
  Condition: z.string().optional(),
  DeletionPolicy: z.enum(['Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot']).optional(),
  // Nothing is ever replaced here: a stack is created once.
  UpdateReplacePolicy: z.unknown().optional(),
  Metadata: z.unknown().optional(),
});

const outputSchema = z.strictObject({
  Value: json,
  Condition: z.string().optional(),
  Description: z.unknown().optional(),
  // Only Fn::ImportValue reads an export, and that is refused where it stands.
  Export: z.unknown().optional(),
});

const templateSchema = z.strictObject({
  AWSTemplateFormatVersion: z.literal('2010-09-09').optional(),
  Description: z.unknown().optional(),
  Metadata: z.unknown().optional(),
  Parameters: section(parameterSchema),
  Mappings: section(z.record(z.string(), z.record(z.string(), json))),
  Conditions: section(json),
  // Assertions about parameters. CDK's only one is about the bootstrap stack, which nothing here needs.
  Rules: z.unknown().optional(),
  Resources: section(resourceSchema),
  Outputs: section(outputSchema),
});

/** A CloudFormation template, with the defaults of absent sections filled in. */
export type Template = z.output<typeof templateSchema>;
/** One entry of a template's `Resources`. */
export type TemplateResource = Template['Resources'][string];

/**
 * Reads a template.
 *
 * @param name Names the template in errors.
 * @throws UnsupportedError for a section or a resource attribute that the sandbox does not know.
 * @throws TemplateError where the value is no template.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
 */
export function parseTemplate(value: unknown, name: string): Template {
  const parsed = templateSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const text = `Template ${name}: ${z.prettifyError(parsed.error)}`;
  const unknownOnly = parsed.error.issues.every((issue) => issue.code === 'unrecognized_keys');
  throw unknownOnly
    ? new UnsupportedError(`${text}\nThe sandbox does not support this.`)
    : new TemplateError(text);
}

/**
 * A resource of a template.
 * @throws TemplateError where there is none of that logical id.
 */
export function resourceOf(template: Template, logicalId: string): TemplateResource {
  const resource = template.Resources[logicalId];
  if (!resource) throw new TemplateError(`There is no resource ${logicalId}.`);
  return resource;
}
