/**
 * The attributes in a call of SQS, by name; undefined where it carries none. AWS JSON says `Attributes`; the query protocol says
 * `Attribute`, as a flattened list of `Name` and `Value`.
 */
export function queueAttributes(parameters: Record<string, unknown>): Record<string, string> | undefined {
  if (parameters.Attributes) return parameters.Attributes as Record<string, string>;
  if (!Array.isArray(parameters.Attribute)) return undefined;
  return Object.fromEntries(
    parameters.Attribute.map(({ Name, Value }: { Name: string; Value: string }) => [Name, Value]),
  );
}
