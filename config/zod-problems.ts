import type * as z from 'zod';
import { closest } from './did-you-mean';
import type { KeyPath } from './key-path';
import { unusableControl } from './known-controls';
import type { PolicyProblem } from './policy-error';
import { keysAt } from './schema/keys-at';
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
  if (issue.code === 'invalid_union') {
    const inner = meantBranch(issue).map((nested) => ({ ...nested, path: [...path, ...nested.path] }));
    return problemsOf(source, inner, schema);
  }
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, path);
    return issue.keys.map((key) => source.problem([...path, key], unknownKey(path, key, known), 'key'));
  }
  if (issue.code === 'invalid_key') {
    const message = issue.issues[0]?.message ?? issue.message;
    return [source.problem(path, message, 'key')];
  }
  const message = sentence(issue.message);
  if (issue.code !== 'invalid_type' && issue.code !== 'invalid_value') return [source.problem(path, message)];
  if (issue.input === undefined) {
    // A key that stands there without a value is an alias, which has been told.
    return source.line(path) === undefined ? [source.problem(path, `is missing: ${message}`, 'key')] : [];
  }
  if (issue.input === null) return [source.problem(path, `is empty: ${message}`, 'key')];
  const text = source.text(path);
  if (typeof issue.input === 'number' && text !== undefined && /^\d{12}$/.test(text)) {
    return [source.problem(path, `is a number, which loses leading zeros; write it in quotes: "${text}".`)];
  }
  return [source.problem(path, message)];
}

/** Of a short form and a section, the one that was meant: the first that fits the kind of value, else the short one. */
function meantBranch({ errors }: z.core.$ZodIssueInvalidUnion): readonly Issue[] {
  const fits = (branch: readonly Issue[]) =>
    !branch.some(
      ({ code, path }) => path.length === 0 && (code === 'invalid_type' || code === 'invalid_value'),
    );
  return errors.find(fits) ?? errors[0] ?? [];
}

/** Parameters' schemas end without a full stop, and have no words of their own for a wrong type. */
function sentence(message: string): string {
  return message.replace(/^Invalid input: /, '').replace(/[^.?]$/, '$&.');
}

function unknownKey(path: KeyPath, key: string, known: readonly string[]): string {
  if (path.at(-1) === 'controls') return unusableControl(key);
  const meant = closest(key, known);
  if (meant !== undefined) return `is not a key here; did you mean ${meant}?`;
  return `is not a key here; there are ${known.join(', ')}.`;
}
