/**
 * Whether everything that one pattern of actions or resources means is meant by another one, too; `*` stands for any characters, `?` for
 * one: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 * Sound, and not complete: where it cannot tell, it says no.
 */
export function isWithin(pattern: string, wider: string): boolean {
  if (wider.includes('${') || pattern.includes('${')) return wider === '*';
  return inRegExp(wider).test(pattern);
}

/** Whether two patterns mean nothing in common, as far as it can be told: one of them has to be without wildcards. */
export function areApart(one: string, other: string): boolean {
  if ([one, other].some((text) => text.includes('${'))) return false;
  if (!/[*?]/.test(one)) return !inRegExp(other).test(one);
  return !/[*?]/.test(other) && !inRegExp(one).test(other);
}

/** A single `?` of the wider pattern is not every `*` of the other one. */
function inRegExp(pattern: string): RegExp {
  const parts = pattern.split(/([*?])/).map((part) => {
    if (part === '*') return '.*';
    return part === '?' ? '[^*]' : part.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('')}$`, 's');
}
