import { main } from '../../cli/main';

/** What a command came to: its exit status, and what it printed. */
export interface CommandRun {
  status: number;
  printed: string;
  complained: string;
}

/** What is printed from now on, instead of being shown; until `vi.restoreAllMocks()`. */
export function captureOutput(): { printed: string; complained: string } {
  const output = { printed: '', complained: '' };
  const printing = (text: unknown) => {
    output.printed += text;
    return true;
  };
  const complaining = (text: unknown) => {
    output.complained += text;
    return true;
  };
  vi.spyOn(console, 'log').mockImplementation((text) => void printing(`${text}\n`));
  vi.spyOn(console, 'error').mockImplementation((text) => void complaining(`${text}\n`));
  vi.spyOn(process.stdout, 'write').mockImplementation(printing);
  vi.spyOn(process.stderr, 'write').mockImplementation(complaining);
  return output;
}

/** Runs the staunch command. */
export async function staunch(...words: string[]): Promise<CommandRun> {
  const output = captureOutput();
  try {
    return { status: await main(words), ...output };
  } finally {
    vi.restoreAllMocks();
  }
}
