import { listDigestPattern } from '../../core/frozen-list';
import type { Hub } from '../../operator/hub/hub';
import { frozenNow } from '../../operator/thaw/frozen-now';
import { thaw } from '../../operator/thaw/thaw';
import { answerText } from '../answer-text';
import { say } from '../say';
import { standardOutput } from '../terminal';
import { frozenText } from '../thaw/frozen-text';
import { UserError } from '../user-error';
import { type HubOptions, withHub } from '../with-hub';

/** The options of `staunch thaw`. */
export interface ThawOptions extends HubOptions {
  account?: string;
  list?: string;
}

/**
 * Shows what is frozen, or releases a list that was shown.
 * @returns the exit status
 * @throws UserError when the list is none
 */
export async function runThaw({ account, list, ...options }: ThawOptions): Promise<number> {
  if (list === undefined) return withHub(options, (hub) => show(hub, account));
  if (!listDigestPattern.test(list)) {
    throw new UserError(
      `--list is ${JSON.stringify(list)}, and should be a list as staunch thaw shows it: 16 digits and letters from a to f.`,
      2,
    );
  }
  const answer = await withHub(options, async (hub) => ({
    ...(await thaw(hub, list, account)),
    names: await hub.names(),
  }));
  say(answerText(answer, standardOutput().colours, answer.names));
  return answer.done ? 0 : 1;
}

async function show(hub: Hub, account: string | undefined): Promise<number> {
  const frozen = await frozenNow(hub, account);
  say(frozenText(frozen, await hub.names(), account !== undefined));
  return 0;
}
