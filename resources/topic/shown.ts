import { shownHolder } from '../kit/policy/holder/shown';
import type { Shown } from '../kit/resource-type';
import { topicKind } from './kind';

/** How topics are shown. */
export const shownTopic: Shown = shownHolder(topicKind);
