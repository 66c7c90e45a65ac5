import type { Observe } from '../service';
import { learnEncrypted } from './quirks';

/** Learns which snapshots are encrypted. */
export const observe: Observe = (call, answer, { learned }) => learnEncrypted(call, answer, learned);
