import type { OrderAnswer } from '../../core/order';
import type { CoverageStore } from '../../ledger/coverage/coverage';
import type { Exemptions } from '../../ledger/findings/exemptions';
import type { Ledger } from '../../ledger/findings/ledger';
import type { FindingRecord } from '../../ledger/findings/record';
import type { LiftedLimitsStore } from '../../ledger/limits/lifted-limits';
import type { StopSwitch } from '../../ledger/limits/stop-switch';
import type { OrganizationTree } from '../../ledger/organization/organization-tree';
import { noNames } from '../../ledger/organization/place-names';
import type { UnreachableAccount } from '../../ledger/organization/unreachable-accounts';
import { LedgerFindings } from '../../operator/findings/ledger-findings';
import type { Host } from '../../operator/host';
import type { Hub } from '../../operator/hub/hub';

/** What a test says of a hub; a part that it leaves out fails when it is asked. */
export interface FakeParts {
  ledger?: Partial<Ledger>;
  exemptions?: Partial<Exemptions>;
  stopSwitch?: Partial<StopSwitch>;
  liftedLimits?: Partial<LiftedLimitsStore>;
  /** What is known of accounts and Regions. */
  coverage?: Partial<CoverageStore>;
  unreachable?: UnreachableAccount[];
  tree?: OrganizationTree;
  patrol?: Hub['patrol'];
  order?: (order: object) => Promise<OrderAnswer>;
  host?: Partial<Host>;
}

/** A face that shows nothing, and what it was asked to show. */
export function quietHost(): Host & { shown: FindingRecord[] } {
  const shown: FindingRecord[] = [];
  return {
    shown,
    progress: (_what, work) => work(),
    showPlan: (record) => void shown.push(record),
    leftOut: (error) => {
      throw error;
    },
  };
}

/** A hub without AWS. */
export function hubWith(parts: FakeParts): Hub {
  const { ledger = {}, exemptions = {}, stopSwitch = {}, coverage = {}, unreachable = [] } = parts;
  const { liftedLimits = {} } = parts;
  const { order, host, tree, patrol } = parts;
  const hub = {
    region: 'eu-west-1',
    host: { ...quietHost(), ...host },
    ledger,
    exemptions,
    stopSwitch,
    liftedLimits,
    coverage,
    unreachableAccounts: { list: async () => unreachable },
    tree: async () => tree,
    patrol,
    order,
    ask: (_part: string, question: () => Promise<unknown>) => question(),
    caller: async () => ({ account: '222222222222', arn: 'arn:aws:iam::222222222222:user/ada' }),
    names: async () => noNames,
  };
  // Only what the library reads of it.
  const fake = hub as unknown as Hub;
  return Object.assign(fake, { findings: new LedgerFindings(fake) });
}
