/** How the staunch command is called in a checkout; see the README. */
const staunch = 'npm run -s staunch --';

/**
 * What means nothing to a shell within single quotes, and ends none: a resource's id is a stranger's text, and a command is
 * there to be copied.
 */
const harmless = /^[\w.:/#+=@-]+$/;

/**
 * A command that acts on a finding, to be copied.
 * @param name the finding's
 * @param options what follows it; empty where nothing does
 * @returns undefined where the name holds what a shell might take for its own
 */
export function findingCommand(action: string, name: string, options = ''): string | undefined {
  return harmless.test(name) ? staunchCommand(`${action} '${name}'${options}`) : undefined;
}

/** A command to be copied. @param words all that follows `staunch`, in which nothing is a stranger's */
export function staunchCommand(words: string): string {
  return `${staunch} ${words}`;
}
