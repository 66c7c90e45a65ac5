import type { Quirks } from '../service';
import { ServiceSettings, settingOperations } from './service-settings';

/** What Systems Manager does and moto does not: a setting that blocks sharing documents with everybody. */
export const quirks: Quirks = {
  check: (call, learned) => learned.of(ServiceSettings).check(call),
  standIn: ({ learned }) => ({
    operations: settingOperations,
    answer: async (call) => learned.of(ServiceSettings).answer(call),
  }),
};
