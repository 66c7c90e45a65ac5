import { accountIdPattern } from '../../core/finding';
import type { Hub } from '../hub/hub';
import { askStructure } from './ask-structure';
import { findAccount } from './find-place';

/**
 * The id of the account that a person named. An id is taken as it is, so that it takes no permission; a name is asked of AWS
 * Organizations.
 * @throws OperatorError when no account, or several, have the name; and when AWS Organizations cannot be asked
 */
export async function accountIdOf(hub: Hub, account: string): Promise<string> {
  return accountIdPattern.test(account) ? account : findAccount(await askStructure(hub), account).id;
}
