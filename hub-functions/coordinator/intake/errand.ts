import type { Subject } from '../attempt/subject';

/** A finding that somebody asks to have looked at: a message in any case, the sweep only where a look is due. */
export type Errand = Subject & { trigger: 'message' | 'sweep' };
