import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Organization } from '../../config/organization';
import type { CustomControl } from '../../controls/control';
import { ledgerTableName, remediationFunctionName } from '../../core/names';
import { factsOf } from '../../resources/resource-types';
import { remediationEntry } from '../bundle';
import { readStopSwitch } from '../statements';
import { HubFunction } from './hub-function';
import type { Ledger } from './ledger';

/** What the remediation functions follow from. */
export interface RemediationFunctionsProps {
  hub: Organization['hub'];
  controls: readonly CustomControl[];
  ledger: Ledger;
}

/**
 * One remediation function for each resource type that some control fixes. Their roles reach no member account: the
 * coordinator hands each invocation a session for the one resource. They write no table, because they handle text that
 * strangers wrote: the coordinator saves what they answer.
 */
export class RemediationFunctions extends Construct {
  readonly all: HubFunction[];

  constructor(scope: Construct, id: string, { hub, controls, ledger }: RemediationFunctionsProps) {
    super(scope, id);
    const types = [...new Set(controls.map(({ resourceType }) => resourceType))].sort();
    this.all = types.map((type) => {
      const { slug } = factsOf(type);
      return new HubFunction(this, slug, {
        hub,
        name: remediationFunctionName(slug),
        description: `Plans, applies and verifies fixes of ${type}.`,
        entry: remediationEntry(slug),
        timeout: Duration.seconds(60),
        memoryMegabytes: 512,
        environment: { LEDGER_TABLE: ledgerTableName },
        statements: [readStopSwitch(ledger.tableArn)],
      });
    });
  }
}
