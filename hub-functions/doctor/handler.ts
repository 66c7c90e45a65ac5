import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { parseCompiledPolicy } from '../../config/compiled';
import { requiredVariable } from '../../core/environment';
import { realWaiting } from '../../core/jittered';
import { KeptTree } from '../../ledger/organization/kept-tree';
import { ledgerDocuments } from '../../ledger/table/documents';
import { DoctorGaps } from '../../ledger/told/doctor-gaps';
import { awsAccess } from '../../operator/aws/access';
import { NoTreeError, TreeReader } from '../tree-reader';
import { dailyDoctor } from './daily-doctor';

const client = {
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 20_000, throwOnRequestTimeout: true },
};
const log = new Logger({ serviceName: 'daily-doctor' });
const policy = parseCompiledPolicy(readFileSync(join(__dirname, 'policy.json'), 'utf8'));
const documents = ledgerDocuments(client);
const ledgerTable = requiredVariable('LEDGER_TABLE');
const now = () => new Date();
const tree = new TreeReader(new KeptTree(documents, ledgerTable), now);

/**
 * Lambda's entry, woken by a schedule.
 * @throws what kept the doctor from its end; the next day asks again
 */
export async function handler(_event: unknown, context: Context): Promise<void> {
  log.addContext(context);
  try {
    await dailyDoctor({
      policy,
      tree: () => tree.read(),
      access: awsAccess,
      gaps: new DoctorGaps(documents, ledgerTable),
      clock: { ...realWaiting, now },
      log: { info: (message, more) => log.info(message, { ...more }) },
    });
  } catch (error) {
    // As after the first deployment, until the coordinator has read the organization.
    if (!(error instanceof NoTreeError)) throw error;
    log.warn(error.message);
  }
}
