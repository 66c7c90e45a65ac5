import { matchesTokens, type PatternToken } from './pattern';

/**
 * Whether an ARN matches a pattern. Each of the six parts is compared by itself, so that a wildcard does not reach across a
 * colon; the last part keeps its own colons.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns-wildcards
 */
export function matchesArn(arn: string, pattern: readonly PatternToken[]): boolean {
  const parts = splitArn(arn);
  const patternParts = splitPattern(pattern);
  return (
    parts.length === patternParts.length &&
    patternParts.every((part, index) => matchesTokens(part, parts[index] ?? ''))
  );
}

/** Whether the ARN of a request's resource matches a `Resource` element: as `matchesArn`, or `*` for everything. */
export function matchesResource(resource: string, pattern: readonly PatternToken[]): boolean {
  const everything =
    pattern.length > 0 && pattern.every((token) => 'wildcard' in token && token.wildcard === '*');
  return everything || matchesArn(resource, pattern);
}

function splitArn(arn: string): string[] {
  const [first = '', ...rest] = arn.split(':');
  return rest.length <= 5 ? [first, ...rest] : [first, ...rest.slice(0, 4), rest.slice(4).join(':')];
}

function splitPattern(tokens: readonly PatternToken[]): PatternToken[][] {
  const parts: PatternToken[][] = [[]];
  for (const token of tokens) {
    if ('literal' in token && token.literal === ':' && parts.length < 6) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}
