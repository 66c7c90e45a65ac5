import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mixedItems } from '../../../bench/items/registry';
import { evaluateText } from '../../../operator/evaluate/evaluate-text';
import { judgingOf } from '../../../operator/evaluate/judging-of';

const root = join(__dirname, '..', '..', '..');
const control = 's3-public-access';
let directory: string;
let file: string;
let text: string;
let atOnce: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'staunch-evaluate-'));
  file = join(directory, 'inventory.jsonl');
  const lines = mixedItems(6_000, 20261126).map((item, index) =>
    index % 1_000 === 500 ? `broken ${index}` : JSON.stringify(item),
  );
  text = `${lines.join('\n')}\n`;
  // More than is judged before threads are started.
  expect(text.length).toBeGreaterThan(8 * 1024 * 1024);
  writeFileSync(file, text);
  atOnce = [...evaluateText(text, judgingOf({ controls: [control], wish: 'plan' }))]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('');
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Runs the compiled command as a program of its own. */
function staunch(
  words: string[],
  { input, readers = Number.POSITIVE_INFINITY } = {} as { input?: string; readers?: number },
) {
  const child = spawn(process.execPath, ['scripts/staunch.js', ...words], { cwd: root });
  const printed: Buffer[] = [];
  let complained = '';
  child.stdout.on('data', (data: Buffer) => {
    printed.push(data);
    if (printed.length >= readers) child.stdout.destroy();
  });
  child.stderr.on('data', (data) => {
    complained += data;
  });
  // A program that has ended does not take the rest.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return new Promise<{ status: number | null; printed: string; complained: string }>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) =>
      resolve({ status, printed: Buffer.concat(printed).toString(), complained }),
    );
  });
}

describe('staunch evaluate, of many lines', () => {
  it.each(['a file', 'standard input'])(
    'prints the same as one thread does, in the order of the input (%s)',
    async (from) => {
      const words = ['evaluate', '--control', control];
      const { status, printed, complained } = await (from === 'a file'
        ? staunch([...words, file])
        : staunch(words, { input: text }));

      expect({ status, complained }).toEqual({ status: 1, complained: '' });
      // Not `toBe`: what differs of megabytes takes minutes to be shown.
      expect(printed === atOnce).toBe(true);
    },
  );

  it('ends quietly when nobody reads on', async () => {
    const { status, complained } = await staunch(['evaluate', '--control', control, file], { readers: 1 });

    expect({ status, complained }).toEqual({ status: 141, complained: '' });
  });

  it('counts them with --summary, and names broken lines', async () => {
    const { status, printed, complained } = await staunch([
      'evaluate',
      '--summary',
      '--json',
      '--control',
      control,
      file,
    ]);
    const lines = atOnce
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const of = (compliance: string) => lines.filter((line) => line.compliance === compliance).length;

    expect(status).toBe(1);
    expect(JSON.parse(printed)).toMatchObject({
      controls: [
        {
          control,
          severity: 'critical',
          compliant: of('COMPLIANT'),
          nonCompliant: of('NON_COMPLIANT'),
        },
      ],
      bySeverity: { critical: of('NON_COMPLIANT') },
      failed: 6,
    });
    expect(complained.trim().split('\n')).toHaveLength(6);
    expect(complained).toMatch(/^line 501: The line is not JSON/);
  });
});
