/** What somebody may be allowed to do, in the words of the policy. */
export const rights = [
  'view',
  'preview',
  'approve',
  'deny',
  'exempt',
  'undo',
  'retry',
  'pause',
  'thaw',
  'limits',
] as const;

/** What somebody may be allowed to do. */
export type Right = (typeof rights)[number];

/** What each order takes; nothing, where everybody may give it who gets in. */
const rightsOfOrders = {
  approve: 'approve',
  deny: 'deny',
  undo: 'undo',
  exempt: 'exempt',
  retry: 'retry',
  pause: 'pause',
  // Both release what is held: by a pause, or as backlog.
  resume: 'thaw',
  thaw: 'thaw',
  limits: 'limits',
  policy: 'preview',
  findings: 'view',
  finding: 'view',
  whoami: undefined,
} as const satisfies Record<string, Right | undefined>;

/** The name of an order. */
export type OrderName = keyof typeof rightsOfOrders;

/** The right that an order takes; undefined for one that everybody may give who gets in. */
export function rightOf<Name extends OrderName>({ order }: { order: Name }): (typeof rightsOfOrders)[Name] {
  return rightsOfOrders[order];
}
