import { build, type Plugin, type StdinOptions } from 'esbuild';
import { bundleHubFunction, type HubEntry, hubFunctionBuild, remediationEntry } from '../../../infra/bundle';
import { resourceTypes } from '../../../resources/resource-types';
import { keptBundles } from '../../support/assembly';

const entries: readonly HubEntry[] = [
  'hub-functions/coordinator/handler.ts',
  'hub-functions/notifier/handler.ts',
  ...Object.values(resourceTypes).map(({ slug }) => remediationEntry(slug)),
];
/** By the index of the entry: the files of which something is in its bundle. */
let files: readonly string[][];

/** The entries that exist only as texts, by their index. */
const texts: Plugin = {
  name: 'texts',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^text:/ }, ({ path }) => ({ path, namespace: 'text' }));
    onLoad({ filter: /.*/, namespace: 'text' }, ({ path }) => {
      const { contents, resolveDir = '' } = entries[Number(path.slice('text:'.length))] as StdinOptions;
      return { contents, resolveDir, loader: 'ts' };
    });
  },
};

// Together, so that what they share is parsed once.
beforeAll(async () => {
  const { metafile } = await build({
    ...hubFunctionBuild('hub-functions/coordinator/handler.ts'),
    metafile: true,
    outdir: 'bundles',
    entryPoints: entries.map((entry, index) => ({
      in: typeof entry === 'string' ? entry : `text:${index}`,
      out: String(index),
    })),
    plugins: [texts],
  });
  files = entries.map((_entry, index) =>
    Object.entries(metafile.outputs[`bundles/${index}.js`]?.inputs ?? {})
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([path]) => path),
  );
}, 60_000);

/** The files of which something is in a hub function's bundle. */
function filesIn(entry: HubEntry): readonly string[] {
  const key = JSON.stringify(entry);
  const found = files[entries.findIndex((other) => JSON.stringify(other) === key)] ?? [];
  expect(found).not.toEqual([]);
  return found;
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
        'ledger/limits/stop-switch.ts',
        'ledger/limits/stop.ts',
        'ledger/saved/saved-history.ts',
        'ledger/table/documents.ts',
        'ledger/table/errors.ts',
      ]);
      expect(writes(files)).toEqual([]);
    },
  );

  it("is told from the coordinator's, which does", () => {
    const files = filesIn('hub-functions/coordinator/handler.ts');
    expect(ledgerFiles(files)).toContain('ledger/findings/ledger.ts');
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
