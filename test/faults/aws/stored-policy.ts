/**
 * Whether a service would store a policy: it has statements, and names nobody who was deleted since. Such a principal stands in a
 * policy as its unique id, and is never taken again:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function isStorable(policy: string): boolean {
  const statements = statementsOf(policy);
  return statements.length > 0 && !/"A(ID|RO)A[A-Z0-9]{12,}"/.test(JSON.stringify(statements));
}

/** The statements of a policy; none of what is no JSON. */
export function statementsOf(policy: string): unknown[] {
  try {
    const { Statement } = JSON.parse(policy) as { Statement?: unknown };
    return [Statement ?? []].flat();
  } catch {
    return [];
  }
}
