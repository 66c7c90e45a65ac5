import { stackNames } from '../../core/names';
import { readInstances } from '../doctor/deployed/read/read-instances';
import { OperatorError } from '../errors';
import type { StackWork } from './one-stack';
import { stackStatus } from './stack-status';

/** A stack set of a version that had two, and how much of it is there. */
export interface EarlierSet {
  name: string;
  accounts: number;
  stacks: number;
}

/** The sets in place of which there are those of `stackSetKinds`; what they make has the same names. */
const earlierNames = ['staunch-member-roles', 'staunch-member'];

/**
 * The stack sets of an earlier version that are still there. The stack of the rest holds them.
 * @throws OperatorError where AWS does not tell; the SDK's errors
 */
export async function earlierSets({
  access,
  home,
}: Pick<StackWork, 'access' | 'home'>): Promise<EarlierSet[]> {
  const place = { region: home.region };
  if ((await stackStatus(access, place, stackNames.rest)).status === undefined) return [];
  const read = await readInstances(access, place, earlierNames);
  return [...read].flatMap(([name, of]): EarlierSet[] => {
    if ('read' in of)
      return [
        { name, accounts: new Set(of.read.map(({ accountId }) => accountId)).size, stacks: of.read.length },
      ];
    if (of.unread.startsWith('StackSetNotFoundException')) return [];
    throw new OperatorError(
      `Whether the stack set ${name} of an earlier version is there cannot be read: ${of.unread}`,
    );
  });
}
