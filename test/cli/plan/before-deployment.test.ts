import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../../cli/main';
import type { Moto } from '../../../sandbox/moto/moto';
import { captureOutput } from '../../support/command';
import { startTestMoto } from '../../support/moto';
import { environmentOn } from '../test-hub';
import { createOrganization, policyOf } from './created-organization';

const groups = 'security-group-open-ports';
let moto: Moto;
let directory: string;

beforeAll(async () => {
  moto = await startTestMoto();
  directory = mkdtempSync(join(tmpdir(), 'staunch-plan-'));
}, 90_000);

afterAll(async () => {
  rmSync(directory, { recursive: true, force: true });
  await moto.stop();
});

it('shows all that a policy would do before anything is deployed: accounts, flags, no findings', async () => {
  const created = await createOrganization(moto.endpoint);
  const output = captureOutput();
  process.env = environmentOn(moto);
  const file = join(directory, 'first.yaml');
  writeFileSync(file, policyOf(created, '{ default: approval, organizationalUnits: { /Sandbox: on } }'));

  expect(await main(['plan', file])).toBe(0);
  expect(output.printed).toMatch(
    /^(Nothing is deployed yet|There is no hub in account .*)\. .*Everything counts as a change\.\n/,
  );
  expect(output.printed).toMatch(/^1 account would start being fixed, 1 would change otherwise/m);
  expect(output.printed).toContain(`${created.trial}  trial  /Sandbox\n    ${groups}: on, by /Sandbox`);
  expect(output.printed).toContain(`${created.security}  security  /\n    ${groups}: approval, by`);
}, 60_000);
