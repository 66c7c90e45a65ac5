import { decisions } from './decisions';
import { fixes } from './fixes';
import { orders } from './orders';
import { owners } from './owners';
import type { Scenario } from './scenario';
import { summaries } from './summaries';
import { thaws } from './thaws';
import { undos } from './undos';

/** Every scenario; each is played for each resource type. */
export const scenarios: readonly Scenario[] = [
  ...fixes,
  ...decisions,
  ...undos,
  ...orders,
  ...owners,
  ...thaws,
  ...summaries,
];
