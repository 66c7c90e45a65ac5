import * as z from 'zod';
import { parameterDescriptions } from '../controls/parameter-descriptions';
import { customControls } from '../controls/registry';
import { organizationSchema } from './schema/organization';

/**
 * The policy's JSON Schema, as text, for editors: they complete and check the file with it. It knows each key by itself;
 * `staunch validate` also checks what lies between them.
 */
export function policyJsonSchema(): string {
  const schema = z.toJSONSchema(organizationSchema, {
    // Of the drafts, editors know this one best: https://github.com/redhat-developer/yaml-language-server
    target: 'draft-7',
    io: 'input',
    // Checks that are code, as those of ports, say nothing here.
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      describeParameters(zodSchema, jsonSchema);
      if (mayBeEmpty(zodSchema) && typeof jsonSchema.type === 'string') {
        jsonSchema.type = [jsonSchema.type, 'null'];
      }
      if (jsonSchema.required && zodSchema instanceof z.core.$ZodObject) {
        const { shape } = zodSchema._zod.def;
        const required = jsonSchema.required.filter((key) => !mayBeEmpty(shape[key]));
        if (required.length > 0) jsonSchema.required = required;
        else delete jsonSchema.required;
      }
    },
  });
  const title = "The organization's policy for Staunch";
  return `${JSON.stringify({ title, ...schema }, undefined, 2)}\n`;
}

/** Says of each parameter what it is for, where the schema is that of a control's parameters. */
function describeParameters(zodSchema: z.core.$ZodType, { properties }: z.core.JSONSchema.BaseSchema): void {
  const control = customControls.find(({ parameters }) => parameters === zodSchema);
  for (const [name, property] of Object.entries(properties ?? {})) {
    const description = control && parameterDescriptions[control.id]?.[name];
    if (description !== undefined && typeof property === 'object') property.description = description;
  }
}

/** Whether the schema is one of `emptyAs`, so that the key may be left out, or all its entries be commented out. */
function mayBeEmpty(schema: z.core.$ZodType | undefined): boolean {
  return schema instanceof z.core.$ZodPipe && schema._zod.def.in instanceof z.core.$ZodTransform;
}
