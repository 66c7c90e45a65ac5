/** The form that all types with one policy document read, for people. */
export const plainForm =
  'or one with Name, AccountId, Arn and Policy (text or object), of which Policy alone is needed';
