import { fencedLines, pageText } from './pages';

/** A command of the page on installing. */
export interface InstallCommand {
  /** Whose credentials it is called with: `management` or `security`, as the page names them. */
  profile: string;
  /** The words after `staunch`. */
  words: string[];
}

/** The commands that the page on installing has its reader paste, in its order: those with a profile. */
export function installCommands(): InstallCommand[] {
  return fencedLines(pageText('docs/install.md')).flatMap((line) => {
    const [, profile, words] = /^AWS_PROFILE=(\S+) npm run -s staunch -- (.+)$/.exec(line) ?? [];
    return profile === undefined || words === undefined
      ? []
      : [{ profile, words: words.trim().split(/\s+/) }];
  });
}
