import { type Policy, parsePolicy } from './policy';
import type { PolicyKind } from './policy-kind';

const most = 2_000;
const parsed = new Map<string, Policy>();

/**
 * `parsePolicy`, remembering what it parsed: the same few documents decide nearly every request.
 * @throws PolicyDocumentError as `parsePolicy` does.
 */
export function parsePolicyOnce(text: string, kind: PolicyKind): Policy {
  const key = `${kind} ${text}`;
  const known = parsed.get(key);
  if (known) return known;
  const policy = parsePolicy(text, kind);
  if (parsed.size >= most) parsed.clear();
  parsed.set(key, policy);
  return policy;
}
