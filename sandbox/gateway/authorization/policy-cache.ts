import { type Policy, parsePolicy } from './policy';

const most = 2_000;
const parsed = new Map<string, Policy>();

/**
 * `parsePolicy`, remembering what it parsed: the same few documents decide nearly every request.
 * @throws PolicyDocumentError as `parsePolicy` does.
 */
export function parsePolicyOnce(text: string): Policy {
  const known = parsed.get(text);
  if (known) return known;
  const policy = parsePolicy(text);
  if (parsed.size >= most) parsed.clear();
  parsed.set(text, policy);
  return policy;
}
