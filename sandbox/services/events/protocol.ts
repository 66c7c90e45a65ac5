import { accountByArn, accountOfArn } from '../../gateway/arn';
import type { Protocol } from '../service';

/** EventBridge speaks JSON; the entries of PutEvents name their buses one by one. */
export const protocol: Protocol = {
  accountOf: ({ parameters, callerAccountId }) =>
    accountOfEntries(parameters.Entries) ?? accountByArn(parameters) ?? callerAccountId,
};

/** The account of the buses of PutEvents, where all entries name the same one. */
function accountOfEntries(entries: unknown): string | undefined {
  if (!Array.isArray(entries)) return undefined;
  const accounts = new Set(
    entries.map((entry: { EventBusName?: unknown }) => accountOfArn(entry.EventBusName)),
  );
  return accounts.size === 1 ? [...accounts][0] : undefined;
}
