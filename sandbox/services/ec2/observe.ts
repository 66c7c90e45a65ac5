import type { Observe } from '../service';
import { Sharing } from './sharing';

/** Learns which snapshots are shared with everybody. */
export const observe: Observe = (call, _answer, { learned }) => learned.of(Sharing).learn(call);
