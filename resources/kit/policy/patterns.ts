/**
 * Whether everything that one pattern of actions or resources means is meant by another one, too; `*` stands for any characters, `?` for
 * one: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 * Sound, and not complete: where it cannot tell, it says no.
 */
export function isWithin(pattern: string, wider: string): boolean {
  if (wider === '*' || (wider === pattern && !wider.includes('${'))) return true;
  if (wider.includes('${') || pattern.includes('${')) return false;
  return matches(pattern, wider);
}

/** Whether two patterns mean nothing in common, as far as it can be told: one of them has to be without wildcards. */
export function areApart(one: string, other: string): boolean {
  if ([one, other].some((text) => text.includes('${'))) return false;
  if (!/[*?]/.test(one)) return !matches(one, other);
  return !/[*?]/.test(other) && !matches(other, one);
}

/**
 * Whether a pattern matches a text, which may be a pattern itself: a single `?` is not every `*` of it. Both are strangers' text, for
 * which a regular expression could take years; here a mismatch goes back to the last `*` alone, which is enough.
 */
function matches(text: string, pattern: string): boolean {
  let at = 0;
  let next = 0;
  let star = -1;
  let afterStar = 0;
  while (at < text.length) {
    const wanted = pattern[next];
    if (wanted === '*') {
      star = next++;
      afterStar = at;
    } else if (wanted !== undefined && (wanted === text[at] || (wanted === '?' && text[at] !== '*'))) {
      next++;
      at++;
    } else if (star !== -1) {
      next = star + 1;
      at = ++afterStar;
    } else return false;
  }
  while (pattern[next] === '*') next++;
  return next === pattern.length;
}
