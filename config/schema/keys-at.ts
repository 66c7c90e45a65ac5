import * as z from 'zod';
import type { KeyPath } from '../key-path';

/** The keys that a schema knows at a path; none where it takes any. */
export function keysAt(schema: z.core.$ZodType, path: KeyPath): string[] {
  const inner = section(schema);
  const [first, ...rest] = path;
  if (inner instanceof z.core.$ZodObject) {
    const { shape } = inner._zod.def;
    if (first === undefined) return Object.keys(shape);
    const next = shape[String(first)];
    return next === undefined ? [] : keysAt(next, rest);
  }
  if (first === undefined) return [];
  if (inner instanceof z.core.$ZodRecord) return keysAt(inner._zod.def.valueType, rest);
  return inner instanceof z.core.$ZodArray ? keysAt(inner._zod.def.element, rest) : [];
}

/** What is inside a default, an optional or a preparation; of a short form and a section, the section. */
function section(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.core.$ZodPipe) return section(schema._zod.def.out);
  if (schema instanceof z.core.$ZodDefault || schema instanceof z.core.$ZodOptional) {
    return section(schema._zod.def.innerType);
  }
  if (schema instanceof z.core.$ZodUnion) {
    return (
      schema._zod.def.options.map(section).find((option) => option instanceof z.core.$ZodObject) ?? schema
    );
  }
  return schema;
}
