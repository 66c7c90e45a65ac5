import * as z from 'zod';
import { closest } from './did-you-mean';
import type { KeyPath } from './key-path';
import type { PolicyProblem } from './policy-error';
import type { YamlSource } from './yaml-source';

type Issue = z.core.$ZodIssue;

/**
 * What a schema found wrong, in the words and at the places of the file.
 * @param issues of `safeParse` with `reportInput`
 * @param schema what the document was parsed with, to name the keys it knows
 */
export function problemsOf(source: YamlSource, issues: readonly Issue[], schema: z.ZodType): PolicyProblem[] {
  return issues.flatMap((issue) => problemsOfIssue(source, issue, schema));
}

function problemsOfIssue(source: YamlSource, issue: Issue, schema: z.ZodType): PolicyProblem[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, path);
    return issue.keys.map((key) => source.problem([...path, key], unknownKey(key, known), 'key'));
  }
  if (issue.code === 'invalid_key') {
    const message = issue.issues[0]?.message ?? issue.message;
    return [source.problem(path, message, 'key')];
  }
  if (issue.code !== 'invalid_type' && issue.code !== 'invalid_value') {
    return [source.problem(path, issue.message)];
  }
  if (issue.input === undefined) return [source.problem(path, `is missing: ${issue.message}`, 'key')];
  if (issue.input === null) return [source.problem(path, `is empty: ${issue.message}`, 'key')];
  const text = source.text(path);
  if (typeof issue.input === 'number' && text !== undefined && /^\d{12}$/.test(text)) {
    return [source.problem(path, `is a number, which loses leading zeros; write it in quotes: "${text}".`)];
  }
  return [source.problem(path, issue.message)];
}

function unknownKey(key: string, known: readonly string[]): string {
  const meant = closest(key, known);
  if (meant !== undefined) return `is not a key here; did you mean ${meant}?`;
  return `is not a key here; there are ${known.join(', ')}.`;
}

/** The keys that a schema knows at a path; none where it takes any. */
function keysAt(schema: z.core.$ZodType, path: KeyPath): string[] {
  const inner = unwrapped(schema);
  if (!(inner instanceof z.ZodObject)) return [];
  const [first, ...rest] = path;
  if (first === undefined) return Object.keys(inner.shape);
  const next: unknown = inner.shape[String(first)];
  return next instanceof z.ZodType ? keysAt(next, rest) : [];
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodPipe) return unwrapped(schema.out);
  if (schema instanceof z.ZodDefault) return unwrapped(schema.unwrap());
  return schema;
}
