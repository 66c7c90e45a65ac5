import { deleteInstanceCommand } from '../../../core/delete-stack-instance';
import { listDigest } from '../../../core/frozen-list';
import type { Notice } from '../../../core/notice';
import type { Notices } from '../../../ledger/told/notices';
import type { MemberStack, SeenStacks, StackFailures } from '../../../ledger/told/stack-failures';
import type { ToldCoverageStore } from '../../../ledger/told/told-coverage';

/** So many stacks are named in a notice. */
const mostNamed = 10;
/** And of so many inoperable ones the command. */
const mostCommands = 2;

/** What the notices take. */
export interface StackNoticesParts {
  stackFailures: Pick<StackFailures, 'read'>;
  told: Pick<ToldCoverageStore, 'read' | 'write'>;
  notices: Pick<Notices, 'give'>;
  now: () => Date;
}

/** Tells the channel of the stacks of members that the reconcile found failed, once, and once when they do not fail any more. */
export class StackNotices {
  /** Of the reconcile that was told last by this process. */
  private toldOf: string | undefined;

  constructor(private readonly parts: StackNoticesParts) {}

  async run(): Promise<void> {
    const { stackFailures, told, notices, now } = this.parts;
    const seen = await stackFailures.read();
    if (seen === undefined || seen.at === this.toldOf) return;
    const before = await told.read();
    if (before?.checkedAt !== seen.at) {
      const { given, known } = stackNews(seen, before?.missing ?? []);
      for (const notice of given) await notices.give(notice, now());
      await told.write({ checkedAt: seen.at, missing: known });
    }
    this.toldOf = seen.at;
  }
}

/**
 * What is news of members' stacks, and of which of them people know that they fail. One on which an operation works is neither. Pure.
 * @param known keys of the stacks of which people know
 */
export function stackNews(
  { at, failed, running, isWhole }: SeenStacks,
  known: readonly string[],
): { given: Notice[]; known: string[] } {
  const told = new Set(known);
  const failing = new Set(failed.map(keyOf));
  const open = new Set([...failing, ...running.map(keyOf)]);
  const news = failed.filter((stack) => !told.has(keyOf(stack)));
  const over = isWhole ? known.filter((key) => !open.has(key)) : [];
  const given: Notice[] = [];
  const [inoperable, retried] = [news.filter(isInoperable), news.filter((stack) => !isInoperable(stack))];
  if (inoperable.length > 0) {
    const commands = inoperable.slice(0, mostCommands).map(commandOf);
    given.push({
      ...noticeOf('inoperable', inoperable.map(keyOf), at),
      title: `${counted(inoperable.length)} ${inoperable.length === 1 ? 'is' : 'are'} inoperable`,
      text: `AWS could not delete, and changes no more: ${listed(inoperable.slice(0, mostCommands).map(named))}. A person has to delete it, with credentials of the hub's account: ${commands.join(' ; ')} If that fails again: with --retain-stacks in place of --no-retain-stacks, and then the stack itself, in that account. Where it should be there, staunch doctor says how it is made again.`,
    });
  }
  if (retried.length > 0) {
    given.push({
      ...noticeOf('failed', retried.map(keyOf), at),
      title: `${counted(retried.length)} failed`,
      text: `Staunch is not in place there: ${listed(retried.map(named))}. They are tried again each hour; staunch doctor says what to do.`,
    });
  }
  if (over.length > 0) {
    given.push({
      ...noticeOf('over', over, at),
      title: `${counted(over.length)} no longer failed`,
      text: `Nothing is wrong any more with ${listed(over.map(nameOf))}.`,
    });
  }
  const gone = new Set(over);
  return { given, known: [...new Set([...known, ...failing])].filter((key) => !gone.has(key)).sort() };
}

function isInoperable({ inoperableIn }: MemberStack): boolean {
  return inoperableIn !== undefined;
}

function named(stack: MemberStack): string {
  return `${nameOf(keyOf(stack))}${stack.reason && ` (${stack.reason})`}`;
}

function commandOf({ inoperableIn = '', ...place }: MemberStack): string {
  return deleteInstanceCommand({ ...place, unitId: inoperableIn });
}

function keyOf({ stackSet, accountId, region }: MemberStack): string {
  return [stackSet, accountId, region].join(' ');
}

function nameOf(key: string): string {
  const [stackSet, accountId, region] = key.split(' ');
  return `${stackSet} in account ${accountId}, ${region}`;
}

function counted(count: number): string {
  return count === 1 ? 'A stack of a member' : `${count} stacks of members`;
}

function listed(names: readonly string[]): string {
  const more = names.length - mostNamed;
  return `${names.slice(0, mostNamed).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

/** The same for the same reconcile, so that it is told once also where a sweep dies before it has remembered it. */
function noticeOf(kind: string, keys: readonly string[], at: string) {
  return { version: 1 as const, noticeId: `stacks#${kind}#${listDigest(keys)}#${at}`, at };
}
