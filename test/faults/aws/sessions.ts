import type { SessionCredentials } from '../../../core/remediation';
import { parseSessionPolicy, type SessionGrant } from './session-policy';

/** A session of a role in a member account. */
export interface Session {
  accountId: string;
  roleName: string;
  sessionName: string;
  /** What its session policy allows; undefined where it has none, and may do all that its role may. */
  grants: readonly SessionGrant[] | undefined;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** Every session that was ever opened, by its credentials. */
export class Sessions {
  readonly #byToken = new Map<string, Session>();

  /**
   * Opens a session.
   * @param policy the session policy's text
   * @throws MalformedPolicyDocument when that is none
   */
  open({
    policy,
    ...session
  }: Omit<Session, 'grants'> & { policy?: string | undefined }): SessionCredentials {
    const sessionToken = `session-${this.#byToken.size + 1}`;
    const grants = policy === undefined ? undefined : parseSessionPolicy(policy);
    this.#byToken.set(sessionToken, { ...session, grants });
    return { accessKeyId: `ASIA${this.#byToken.size}`, secretAccessKey: 'secret', sessionToken };
  }

  /** The session of credentials; undefined when they belong to none. */
  of({ sessionToken }: { sessionToken?: string | undefined }): Session | undefined {
    return sessionToken === undefined ? undefined : this.#byToken.get(sessionToken);
  }
}
