import type { AssumeRoleCommandInput } from '@aws-sdk/client-sts';
import type { VirtualClock } from '../virtual-clock';
import type { Commands } from './commands';
import { serviceError } from './service-error';
import type { Sessions } from './sessions';

/** STS in memory: every account of the organization has Staunch's roles. */
export class Sts {
  /** Whether a role cannot be assumed; default: an account that is not in the organization. */
  isRefused: (accountId: string, roleName: string) => boolean = () => false;

  constructor(
    private readonly sessions: Sessions,
    private readonly clock: VirtualClock,
    private readonly isMember: (accountId: string) => boolean,
  ) {}

  /** What a client of STS sends. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
  readonly commands: Commands = {
    AssumeRole: ({
      RoleArn = '',
      RoleSessionName = '',
      DurationSeconds = 3600,
      Policy,
    }: AssumeRoleCommandInput) => {
      const [, accountId = '', roleName = ''] =
        /^arn:aws:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(RoleArn) ?? [];
      if (!this.isMember(accountId) || this.isRefused(accountId, roleName)) {
        throw serviceError(
          'STS',
          'AccessDenied',
          `not authorized to perform: sts:AssumeRole on ${RoleArn}`,
          403,
        );
      }
      if (!/^[\w+=,.@-]{2,64}$/.test(RoleSessionName) || DurationSeconds < 900 || DurationSeconds > 3600) {
        throw serviceError('STS', 'ValidationError', 'RoleSessionName or DurationSeconds is wrong');
      }
      const expiresAt = this.clock.milliseconds + DurationSeconds * 1000;
      const opened = { accountId, roleName, sessionName: RoleSessionName, expiresAt, policy: Policy };
      const credentials = this.sessions.open(opened);
      return {
        Credentials: {
          AccessKeyId: credentials.accessKeyId,
          SecretAccessKey: credentials.secretAccessKey,
          SessionToken: credentials.sessionToken,
          Expiration: new Date(expiresAt),
        },
      };
    },
  };
}
