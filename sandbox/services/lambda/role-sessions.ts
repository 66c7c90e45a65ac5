import type { Clock } from '../../clock';
import type { Credentials, Gateway } from '../../gateway/api';
import type { FunctionDefinition } from './definitions';

/** Sessions last an hour at least; half of that leaves every invocation (15 minutes at most) with valid credentials. */
const maximumAgeMilliseconds = 30 * 60 * 1000;

/** Keeps, per function, a session of its execution role, and takes a new one before the old one expires. */
export class RoleSessions {
  private readonly sessions = new Map<string, { credentials: Credentials; roleArn: string; since: number }>();

  constructor(
    private readonly gateway: Gateway,
    private readonly clock: Clock,
  ) {}

  /**
   * Credentials of the function's execution role. The session carries the function's name, as Lambda's does:
   * https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
   * @throws AccessDeniedError when the role does not exist or does not trust Lambda.
   */
  async of(definition: FunctionDefinition): Promise<Credentials> {
    const known = this.sessions.get(definition.arn);
    if (known?.roleArn === definition.roleArn && this.isFresh(known.credentials.accessKeyId, known.since)) {
      return known.credentials;
    }
    const credentials = await this.gateway.serviceSession(
      'lambda.amazonaws.com',
      definition.roleArn,
      definition.functionName,
      definition.arn,
    );
    this.sessions.set(definition.arn, { credentials, roleArn: definition.roleArn, since: this.clock.now() });
    return credentials;
  }

  private isFresh(accessKeyId: string, since: number): boolean {
    const young = this.clock.now() - since < maximumAgeMilliseconds;
    return young && this.gateway.principalOf(accessKeyId) !== undefined;
  }
}
