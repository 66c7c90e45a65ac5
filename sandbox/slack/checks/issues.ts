/** What is known of what is wrong with a value: one of zod's issues. */
interface Issue {
  code?: string | undefined;
  message: string;
  path: readonly PropertyKey[];
  maximum?: unknown;
  minimum?: unknown;
  keys?: readonly string[];
  values?: readonly unknown[];
}

/**
 * What is wrong, a line each as Slack tells it, for example `must be at most 75 [json-pointer:/blocks/0/text/text]`.
 * @param root where the values stand, for example `blocks`
 */
export function issueLines(issues: readonly Issue[], root: string): string[] {
  return issues.map((issue) => `${wordsOf(issue)} [json-pointer:/${[root, ...issue.path].join('/')}]`);
}

function wordsOf({ code, message, maximum, minimum, keys = [], values = [] }: Issue): string {
  switch (code) {
    case 'too_big':
      return `must be at most ${maximum}`;
    case 'too_small':
      return `must be at least ${minimum}`;
    case 'unrecognized_keys':
      return `the stand-in does not know ${keys.join(', ')}`;
    case 'invalid_value':
      return `must be ${values.join(' or ')}`;
    case 'invalid_union':
      return 'the stand-in does not know this type';
    default:
      return message;
  }
}
