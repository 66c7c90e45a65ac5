import type { Origin } from '../../../ledger/transitions/open';
import type { Subject } from '../attempt/subject';

/** A finding that somebody asks to have looked at: a message in any case, the sweep only where a look is due. */
export type Errand = Subject &
  (
    | { trigger: 'sweep'; origin?: undefined }
    /** What the message came of, and whether it says that the resource is dangerous, or only that it may be. */
    | { trigger: 'message'; origin: Origin; says: 'finding' | 'look' }
  );
