/** A piece of an `Fn::Sub` text: literal text, or the name of what is to be put there. */
export type SubstitutionPart = { text: string } | { name: string };

/**
 * Splits the text of an `Fn::Sub` into literal text and names. `${!Name}` stands for the literal text `${Name}`.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-sub.html
 */
export function substitutionParts(text: string): SubstitutionPart[] {
  const parts: SubstitutionPart[] = [];
  let end = 0;
  for (const match of text.matchAll(/\$\{(!?)([^}]*)\}/g)) {
    const [whole, literal, name = ''] = match;
    if (match.index > end) parts.push({ text: text.slice(end, match.index) });
    parts.push(literal ? { text: `\${${name}}` } : { name: name.trim() });
    end = match.index + whole.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

/** Splits `Resource.Attribute` at the first dot; `attribute` is absent when there is none. */
export function splitAttribute(name: string): { logicalId: string; attribute?: string } {
  const dot = name.indexOf('.');
  return dot < 0 ? { logicalId: name } : { logicalId: name.slice(0, dot), attribute: name.slice(dot + 1) };
}
