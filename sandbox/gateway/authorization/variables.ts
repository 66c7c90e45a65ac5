import { type RequestContext, valuesOf } from './context';
import { type PatternToken, tokensOf } from './pattern';

/**
 * Replaces policy variables, and cuts the result into tokens. What a variable brings in is literal: a `*` in a tag's
 * value is no wildcard. `${*}`, `${?}` and `${$}` stand for the characters themselves.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 *
 * @returns undefined when a variable has neither a value in this request nor a default: then nothing matches.
 * @throws UnsupportedError when a variable is a condition key that the sandbox does not know.
 */
export function resolveVariables(text: string, context: RequestContext): PatternToken[] | undefined {
  const tokens: PatternToken[] = [];
  let end = 0;
  for (const match of text.matchAll(/\$\{([^}]*)\}/g)) {
    tokens.push(...tokensOf(text.slice(end, match.index)));
    end = match.index + match[0].length;
    const value = valueOfVariable(match[1] ?? '', context);
    if (value === undefined) return undefined;
    tokens.push(...[...value].map((literal) => ({ literal })));
  }
  tokens.push(...tokensOf(text.slice(end)));
  return tokens;
}

/** The text of tokens, wildcards as they are: for operators that know no wildcards. */
export function textOf(tokens: readonly PatternToken[]): string {
  return tokens.map((token) => ('literal' in token ? token.literal : token.wildcard)).join('');
}

function valueOfVariable(content: string, context: RequestContext): string | undefined {
  const name = content.trim();
  if (name === '*' || name === '?' || name === '$') return name;
  const [key = '', ...rest] = name.split(',');
  const fallback = /^\s*'(.*)'\s*$/.exec(rest.join(','))?.[1];
  const values = valuesOf(context, key.trim());
  return values?.length === 1 ? values[0] : fallback;
}
