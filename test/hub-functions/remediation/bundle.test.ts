import { buildSync } from 'esbuild';
import { type HubEntry, hubFunctionBuild, remediationEntry } from '../../../infra/bundle';
import { resourceTypes } from '../../../resources/resource-types';

/** The files of which something is in a hub function's bundle. */
function filesIn(entry: HubEntry): string[] {
  const build = { ...hubFunctionBuild(entry), metafile: true } as const;
  return Object.values(buildSync(build).metafile.outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => path);
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
});
