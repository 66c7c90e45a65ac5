import { buildSync } from 'esbuild';
import { bundleHubFunction, type HubEntry, hubFunctionBuild, remediationEntry } from '../../../infra/bundle';
import { resourceTypes } from '../../../resources/resource-types';
import { keptBundles } from '../../support/assembly';

const known = new Map<string, string[]>();

/** The files of which something is in a hub function's bundle. Each function is bundled once. */
function filesIn(entry: HubEntry): string[] {
  const build = { ...hubFunctionBuild(entry), metafile: true } as const;
  const key = JSON.stringify(build);
  const files =
    known.get(key) ??
    Object.values(buildSync(build).metafile.outputs)
      .flatMap(({ inputs }) => Object.entries(inputs))
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([path]) => path);
  known.set(key, files);
  return files;
}

const ledgerFiles = (files: readonly string[]) => files.filter((path) => path.startsWith('ledger/')).sort();
/** Commands that write findings, decisions, limits or saved states; the SDK's own modules hold them. */
const writes = (files: readonly string[]) =>
  files.filter((path) => /lib-dynamodb\/.*\/(Update|BatchWrite|TransactWrite)Command\./.test(path));

describe('the bundle of a remediation function', () => {
  it.each(Object.values(resourceTypes).map(({ slug }) => slug))(
    'brings nothing that writes what the coordinator trusts: %s',
    (slug) => {
      const files = filesIn(remediationEntry(slug));
      // The stop switch's class can write; the function's role cannot.
      expect(ledgerFiles(files)).toEqual([
        'ledger/documents.ts',
        'ledger/errors.ts',
        'ledger/saved-history.ts',
        'ledger/stop-switch.ts',
        'ledger/stop.ts',
      ]);
      expect(writes(files)).toEqual([]);
    },
  );

  it("is told from the coordinator's, which does", () => {
    const files = filesIn('hub-functions/coordinator/handler.ts');
    expect(ledgerFiles(files)).toContain('ledger/ledger.ts');
    expect(writes(files)).not.toEqual([]);
  });

  it.each([
    'hub-functions/coordinator/handler.ts',
    'hub-functions/notifier/handler.ts',
    remediationEntry('queue'),
  ])('looks for credentials where Lambda puts them, and nowhere else: %#', (entry) => {
    const providers = filesIn(entry).filter((path) =>
      /credential-provider-|client-sso|token-providers/.test(path),
    );
    expect(providers.map((path) => path.replace(/^.*node_modules/, ''))).toEqual([
      '/@aws-sdk/credential-provider-env/dist-es/fromEnv.js',
    ]);
  });

  it('brings the shapes of the calls that it makes, of the 700 that EC2 has', () => {
    const bundle = bundleHubFunction(remediationEntry('security-group'), keptBundles());
    expect(bundle).toContain('RevokeSecurityGroupIngress');
    expect(bundle).not.toContain('TransitGateway');
  });
});
