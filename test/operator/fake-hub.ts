import type { OrderAnswer } from '../../core/order';
import type { Exemptions } from '../../ledger/exemptions';
import type { Ledger } from '../../ledger/ledger';
import { noNames } from '../../ledger/place-names';
import type { FindingRecord } from '../../ledger/record';
import type { StopSwitch } from '../../ledger/stop-switch';
import type { Host } from '../../operator/host';
import type { Hub } from '../../operator/hub/hub';

/** What a test says of a hub; a part that it leaves out fails when it is asked. */
export interface FakeParts {
  ledger?: Partial<Ledger>;
  exemptions?: Partial<Exemptions>;
  stopSwitch?: Partial<StopSwitch>;
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
export function hubWith({ ledger = {}, exemptions = {}, stopSwitch = {}, order, host }: FakeParts): Hub {
  const hub = {
    region: 'eu-west-1',
    host: { ...quietHost(), ...host },
    ledger,
    exemptions,
    stopSwitch,
    order,
    ask: (_part: string, question: () => Promise<unknown>) => question(),
    caller: async () => ({ account: '222222222222', arn: 'arn:aws:iam::222222222222:user/ada' }),
    names: async () => noNames,
  };
  // Only what the library reads of it.
  return hub as unknown as Hub;
}
