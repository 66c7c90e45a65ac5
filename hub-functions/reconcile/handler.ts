import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Logger } from '@aws-lambda-powertools/logger';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { Context } from 'aws-lambda';
import { parseCompiledPolicy } from '../../config/compiled';
import { requiredVariable } from '../../core/environment';
import { logLines } from '../../core/log-lines';
import { KeptTree } from '../../ledger/organization/kept-tree';
import { ledgerDocuments } from '../../ledger/table/documents';
import { StackFailures } from '../../ledger/told/stack-failures';
import { NoTreeError, TreeReader } from '../tree-reader';
import { reconcile } from './reconcile';

const client = {
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 20_000, throwOnRequestTimeout: true },
};
const log = new Logger({ serviceName: 'reconcile' });
const policy = parseCompiledPolicy(readFileSync(join(__dirname, 'policy.json'), 'utf8'));
const documents = ledgerDocuments(client);
const ledgerTable = requiredVariable('LEDGER_TABLE');
const stackFailures = new StackFailures(documents, ledgerTable);
const now = () => new Date();
const tree = new TreeReader(new KeptTree(documents, ledgerTable), now);
const cloudFormation = new CloudFormationClient({ ...client, maxAttempts: 8 });

/**
 * Lambda's entry, woken by a schedule.
 * @throws what kept the stack sets from being looked through; the next hour tries again
 */
export async function handler(_event: unknown, context: Context): Promise<void> {
  log.addContext(context);
  try {
    const done = await reconcile({
      policy,
      tree: () => tree.read(),
      client: cloudFormation,
      stackFailures,
      now,
      log: {
        info: (message, more) => log.info(message, { ...more }),
        warn: (message, more) => log.warn(message, { ...more }),
      },
    });
    log.info(logLines.reconciled, { ...done });
  } catch (error) {
    // As after the first deployment, until the coordinator has read the organization.
    if (!(error instanceof NoTreeError)) throw error;
    log.warn(error.message);
  }
}
