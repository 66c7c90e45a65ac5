import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the scripts, which are plain JavaScript, are used for here. */
const { runRecorded } = require('../../scripts/test-times') as {
  runRecorded(words: string[], run: (words: string[]) => Promise<number>, root: string): Promise<number>;
};
const { recordingOptions } = require('../../scripts/test-times/options') as {
  recordingOptions(
    words: string[],
    ownFile: string,
    environment?: object,
  ): { words: string[]; result?: string };
};
const { timesOf } = require('../../scripts/test-times/times') as {
  timesOf(result: object, root: string): object;
};

/** As Vitest writes it, without what is not read. */
const resultIn = (root: string) => ({
  numTotalTests: 3,
  startTime: Date.UTC(2026, 10, 27, 10),
  testResults: [
    {
      name: join(root, 'test', 'quick.test.ts'),
      startTime: Date.UTC(2026, 10, 27, 10, 0, 1),
      endTime: Date.UTC(2026, 10, 27, 10, 0, 1, 250),
      assertionResults: [{}],
    },
    {
      name: join(root, 'test', 'infra', 'slow.test.ts'),
      startTime: Date.UTC(2026, 10, 27, 10, 0, 1),
      endTime: Date.UTC(2026, 10, 27, 10, 0, 9),
      assertionResults: [{}, {}],
    },
  ],
});
const times = {
  startedAt: '2026-11-27T10:00:00.000Z',
  seconds: 9,
  tests: 3,
  files: [
    { file: 'test/infra/slow.test.ts', seconds: 8, tests: 2 },
    { file: 'test/quick.test.ts', seconds: 0.25, tests: 1 },
  ],
};

describe('the times of a run', () => {
  it('are those of the run and of each file, the slowest first', () => {
    expect(timesOf(resultIn('/project'), '/project')).toEqual(times);
  });

  it('are none of no file', () => {
    expect(timesOf({ ...resultIn('/project'), numTotalTests: 0, testResults: [] }, '/project')).toEqual({
      ...times,
      seconds: 0,
      tests: 0,
      files: [],
    });
  });
});

describe('what a run is started with', () => {
  const own = '.staunch/test-result.json';

  it.each([
    [[], ['--reporter=default']],
    [['--maxWorkers', '1'], ['--reporter=default']],
    [['--maxWorkers=50%', '--reporter=dot'], []],
  ])('asks for its result where all tests run: %j', (words, shown) => {
    expect(recordingOptions(words, own, {})).toEqual({
      words: [...words, ...shown, '--reporter=json', `--outputFile=${own}`],
      result: own,
    });
  });

  it.each([
    [['--reporter=default', '--reporter=json', '--outputFile=a=b.json'], 'a=b.json'],
    [['--reporter', 'json', '--outputFile', 'other.json', '--maxWorkers', '1'], 'other.json'],
  ])('stays as it is where the result is asked for already: %j', (words, result) => {
    expect(recordingOptions(words, own, {})).toEqual({ words, result });
  });

  it.each([
    [['test/infra']],
    [['--config', 'vitest.unit.config.mts']],
    [['--config=vitest.unit.config.mts', '--reporter=json', '--outputFile=a.json']],
    [['-t', 'name']],
    [['--shard=1/2']],
    [['--watch']],
    [['--maxWorkers', '1', 'test/infra']],
    [['--reporter=json']],
    [['--reporter=junit', '--outputFile=a.xml']],
    [['--help']],
  ])('stays as it is, and nothing is recorded, where not all run or the output is asked for: %j', (words) => {
    expect(recordingOptions(words, own, {})).toEqual({ words });
  });

  it('is not for a record where the environment leaves out tests', () => {
    expect(recordingOptions([], own, { STAUNCH_FAULTS_OF: 'queue' })).toEqual({ words: [] });
  });
});

describe('a run', () => {
  let root: string;
  const record = () => join(root, '.staunch', 'test-times.json');
  const writes = (text: string, status: number) => async (words: string[]) => {
    writeFileSync(words.at(-1)?.replace('--outputFile=', '') ?? '', text);
    return status;
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'staunch-test-times-'));
  });

  afterEach(() => {
    vi.restoreAllMocks();
    rmSync(root, { recursive: true, force: true });
  });

  it.each([0, 1])('is recorded, and ends with its status: %d', async (status) => {
    expect(await runRecorded([], writes(JSON.stringify(resultIn(root)), status), root)).toBe(status);
    expect(JSON.parse(readFileSync(record(), 'utf8'))).toEqual(times);
  });

  it('that is narrowed leaves the record of the last whole one', async () => {
    await runRecorded([], writes(JSON.stringify(resultIn(root)), 0), root);
    const before = readFileSync(record(), 'utf8');

    expect(await runRecorded(['test/infra'], async () => 0, root)).toBe(0);
    expect(readFileSync(record(), 'utf8')).toBe(before);
  });

  it('that wrote no result is not recorded by the result of an earlier one', async () => {
    await runRecorded([], writes(JSON.stringify(resultIn(root)), 0), root);
    rmSync(record());
    const said = vi.spyOn(console, 'error').mockImplementation(() => {});

    expect(await runRecorded([], async () => 1, root)).toBe(1);
    expect(said).toHaveBeenCalledWith(expect.stringContaining('could not be recorded'));
    expect(existsSync(record())).toBe(false);
  });
});
