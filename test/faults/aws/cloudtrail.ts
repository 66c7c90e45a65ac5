import type { Authorization } from './authorization';
import type { Caller, Commands } from './commands';

/** CloudTrail in memory, which has recorded nothing. */
export class CloudTrail {
  constructor(private readonly authorization: Authorization) {}

  /** What a client of CloudTrail sends. */
  readonly commands: Commands = {
    LookupEvents: (_input: object, caller: Caller) => {
      const accountId = caller.session?.accountId ?? '';
      const action = 'cloudtrail:LookupEvents';
      this.authorization.check(caller, { service: 'CloudTrail', action, resources: ['*'], accountId });
      return { Events: [] };
    },
  };
}
