/** A name as most services' records have it: `GroupId` as `groupId`, `AWSAccountIds` as `aWSAccountIds`. */
export function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** A text of a query or of XML as the record's JSON has it: truth values, and the numbers of fields that hold numbers. */
export function scalar(name: string, text: string, numbers: ReadonlySet<string>): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  return numbers.has(name) && /^-?\d+$/.test(text) ? Number(text) : text;
}

/** Whether a value is an object, and no list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
