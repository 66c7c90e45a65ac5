import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadOrganization } from '../../config/organization';
import { loadStructure } from '../../config/structure-file';
import { controls } from '../../controls/registry';
import { nagFindings } from '../../infra/check/nag';
import { synthesize } from '../../infra/synthesize';

/** Runs cdk-nag over the whole app. Prints each finding that nobody acknowledged; exits 1 when there is one. */
function main(): void {
  const policy = resolve(__dirname, '../../infra/check/organization.yaml');
  const [organization, structure] = [loadOrganization(policy), loadStructure(policy)];
  const outdir = mkdtempSync(join(tmpdir(), 'staunch-nag-'));
  try {
    const findings = nagFindings(synthesize({ organization, controls, structure }, outdir));
    for (const finding of findings) console.error(finding);
    if (findings.length > 0) process.exitCode = 1;
    else console.log('cdk-nag: no finding');
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

main();
