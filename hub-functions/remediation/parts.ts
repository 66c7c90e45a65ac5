import { requiredVariable } from '../../core/environment';
import { StopSwitch } from '../../ledger/limits/stop-switch';
import { ledgerDocuments } from '../../ledger/table/documents';

/** What a remediation function works with beside its adapter. */
export interface FunctionParts {
  stopSwitch: Pick<StopSwitch, 'stops'>;
  now: () => Date;
  /** Waits so many milliseconds. */
  pause(milliseconds: number): Promise<void>;
}

/** The parts of a deployed function. */
export function deployedParts(): FunctionParts {
  const documents = ledgerDocuments({
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
  });
  return {
    stopSwitch: new StopSwitch(documents, requiredVariable('LEDGER_TABLE')),
    now: () => new Date(),
    pause: (milliseconds) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
  };
}
