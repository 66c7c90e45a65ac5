import type { Authorization } from './authorization';
import type { Caller, Commands } from './commands';

/** CloudTrail in memory: one trail over every Region of an account, which logs, and has recorded nothing. */
export class CloudTrail {
  constructor(private readonly authorization: Authorization) {}

  /** What a client of CloudTrail sends. */
  readonly commands: Commands = {
    LookupEvents: (_input: object, caller: Caller) => {
      this.check(caller, 'LookupEvents');
      return { Events: [] };
    },
    DescribeTrails: (_input: object, caller: Caller) => {
      const accountId = this.check(caller, 'DescribeTrails');
      return { trailList: [{ TrailARN: `arn:aws:cloudtrail:eu-west-1:${accountId}:trail/all` }] };
    },
    GetTrailStatus: (_input: object, caller: Caller) => {
      this.check(caller, 'GetTrailStatus');
      return { IsLogging: true };
    },
  };

  /** @returns the account whose trails are asked for */
  private check(caller: Caller, operation: string): string {
    const accountId = caller.session?.accountId ?? '';
    const action = `cloudtrail:${operation}`;
    this.authorization.check(caller, { service: 'CloudTrail', action, resources: ['*'], accountId });
    return accountId;
  }
}
