import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { customControls } from '../../controls/registry';
import { verdictCodeDigest } from '../../infra/bundle';

const project = resolve(__dirname, '..', '..');
let copy: string;

beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'staunch-digest-'));
  for (const folder of ['core', 'resources', 'controls', 'member-functions', 'tsconfig.json']) {
    cpSync(join(project, folder), join(copy, folder), { recursive: true });
  }
  symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'));
});

afterEach(() => rmSync(copy, { recursive: true, force: true }));

/** The controls whose digest differs from the one of the unchanged code. */
function changed(): string[] {
  return customControls
    .filter((control) => verdictCodeDigest(control, copy) !== verdictCodeDigest(control))
    .map(({ id }) => id);
}

function edit(file: string, from: string, to: string): void {
  const path = join(copy, file);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
}

describe("the digest of a control's code", () => {
  it('is the same in every folder', () => {
    expect(changed()).toEqual([]);
  });

  it('does not change with a comment', () => {
    appendFileSync(join(copy, 'controls/s3-public-access/evaluate.ts'), '\n// More to say.\n');
    expect(changed()).toEqual([]);
  });

  it("changes with one control's own file for that control alone", () => {
    edit('controls/s3-public-access/evaluate.ts', 'The ACL grants', 'Its ACL grants');
    expect(changed()).toEqual(['s3-public-access']);
  });

  it('changes with what two controls share for these two', () => {
    edit(
      'resources/security-group/exposed-ports.ts',
      'export ',
      'export const more = 1;\nmore.toFixed();\nexport ',
    );
    expect(changed()).toEqual(['security-group-open-ports', 'security-group-wide-open']);
  });

  it('changes with how every rule function judges for each', () => {
    edit('member-functions/rule/verdict.ts', "new Set(['OK', 'ResourceDiscovered'])", "new Set(['OK'])");
    expect(changed()).toEqual(customControls.map(({ id }) => id));
  });

  it("changes with what reads the account's setting where that decides", () => {
    edit('member-functions/rule/account-settings/public-access-block.ts', 'return null', 'return {}');
    expect(changed()).toEqual(['s3-public-access']);
  });

  it('does not change with what decides nothing', () => {
    edit('member-functions/rule/finding-sender.ts', 'mostListed = 50', 'mostListed = 51');
    edit('member-functions/rule/handler.ts', 'Finding sent', 'A finding was sent');
    expect(changed()).toEqual([]);
  });
});
