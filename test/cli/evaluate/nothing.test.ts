import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MockInstance } from 'vitest';
import { runEvaluate } from '../../../cli/actions/evaluate';

const directory = mkdtempSync(join(tmpdir(), 'staunch-nothing-'));
const file = join(directory, 'input.json');
let complained: MockInstance;

beforeEach(() => {
  complained = vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => rmSync(directory, { recursive: true, force: true }));

it.each([
  ['[]', ['s3-public-access'], 'No resources in the input.'],
  ['{"configurationItems":[]}', ['s3-public-access'], 'No resources in the input.'],
  [
    '{"resourceType":"AWS::SQS::Queue","resourceId":"q"}',
    ['s3-public-access', 'security-group-open-ports'],
    'No resources for these controls in the input.',
  ],
])('says that nothing was judged, and that is no error: %s', async (input, control, said) => {
  writeFileSync(file, input);
  expect(await runEvaluate(file, { control, parameters: '{}' })).toBe(0);
  expect(complained.mock.calls).toEqual([[said]]);
});

it('says that an empty input is none', async () => {
  writeFileSync(file, '');
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  expect(await runEvaluate(file, { control: ['s3-public-access'], parameters: '{}' })).toBe(1);
});
