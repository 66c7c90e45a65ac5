import { randomBytes } from 'node:crypto';
import type { Credentials, Principal, Signer } from '../api';
import { ApiError, type ServiceErrors } from '../protocols/errors';

interface Session {
  principal: Principal;
  secretAccessKey: string;
  /** `aws:userid` */
  userId: string;
  sessionToken: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
  /** Whether a stranger took it. */
  stranger: boolean;
}

/** A session's credentials, with the moment at which they end. */
export interface SessionCredentials extends Credentials {
  sessionToken: string;
  expiration: Date;
}

/** With which an administrator may sign where signatures are verified, as with his account's id: his key is no secret either. */
const administratorsSecret = 'any';

/** Issues credentials and knows whom they stand for. A key of twelve digits is the administrator of that account. */
export class Sessions {
  private readonly byKey = new Map<string, Session>();
  /** Goes with the sandbox's own calls as an administrator: whoever knows an account's id alone is a stranger. */
  private readonly ownToken = randomBytes(24).toString('base64');

  constructor(private readonly now: () => number) {}

  /** Credentials with which the sandbox itself acts as the administrator of an account. */
  administratorOf(accountId: string): Credentials {
    return { accessKeyId: accountId, secretAccessKey: accountId, sessionToken: this.ownToken };
  }

  /** Whether a call comes neither from the sandbox itself, nor from a function, nor from a session that one of them took. */
  isStranger(accessKeyId: string, sessionToken: string | undefined): boolean {
    const session = this.byKey.get(accessKeyId);
    if (session) return session.stranger || session.sessionToken !== sessionToken;
    return sessionToken !== this.ownToken;
  }

  /** @param stranger whether it is a stranger who takes the session */
  issue(principal: Principal, userId: string, seconds: number, stranger = false): SessionCredentials {
    const accessKeyId = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
    const sessionToken = randomBytes(48).toString('base64');
    const expiresAt = this.now() + seconds * 1000;
    const secretAccessKey = randomBytes(30).toString('base64');
    this.byKey.set(accessKeyId, { principal, secretAccessKey, userId, sessionToken, expiresAt, stranger });
    return { accessKeyId, secretAccessKey, sessionToken, expiration: new Date(expiresAt) };
  }

  /** The principal behind a key; undefined when it was never issued, or expired. */
  principalOf(accessKeyId: string): Principal | undefined {
    if (/^\d{12}$/.test(accessKeyId)) return administrator(accessKeyId);
    const session = this.byKey.get(accessKeyId);
    return session && session.expiresAt > this.now() ? session.principal : undefined;
  }

  /** Who signs with this key; undefined when it was never issued. */
  signerOf(accessKeyId: string): Signer | undefined {
    if (/^\d{12}$/.test(accessKeyId)) {
      return {
        principal: administrator(accessKeyId),
        userId: accessKeyId,
        secrets: [accessKeyId, administratorsSecret],
        sessionTokens: [undefined, this.ownToken],
        isOver: false,
      };
    }
    const session = this.byKey.get(accessKeyId);
    if (!session) return undefined;
    const { principal, userId, secretAccessKey, sessionToken, expiresAt } = session;
    return {
      ...{ principal, userId, secrets: [secretAccessKey], sessionTokens: [sessionToken] },
      isOver: expiresAt <= this.now(),
    };
  }

  /** `aws:userid` of a principal behind a key. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable */
  userIdOf(accessKeyId: string): string {
    return this.byKey.get(accessKeyId)?.userId ?? accessKeyId;
  }

  /**
   * The principal behind a signed request.
   * Error codes: https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
   *
   * @param errors of the service that is called
   * @throws ApiError when the key is unknown, its token is missing or wrong, or the session expired.
   */
  authenticate(accessKeyId: string, sessionToken: string | undefined, errors: ServiceErrors): Principal {
    const principal = this.principalOf(accessKeyId);
    const session = this.byKey.get(accessKeyId);
    if (principal && (session === undefined || session.sessionToken === sessionToken)) return principal;
    if (session && !principal) {
      const code = errors.expired ?? 'ExpiredTokenException';
      throw new ApiError(code, 'The security token included in the request is expired', 403);
    }
    throw unknownKeyOf(errors);
  }
}

/** How a service refuses a key that it does not know. */
export function unknownKeyOf({ unknownKey }: ServiceErrors): ApiError {
  const {
    code,
    message = 'The security token included in the request is invalid.',
    status,
  } = unknownKey ?? { code: 'UnrecognizedClientException', status: 400 };
  return new ApiError(code, message, status);
}

function administrator(accountId: string): Principal {
  return { kind: 'account', accountId, arn: `arn:aws:iam::${accountId}:root` };
}
