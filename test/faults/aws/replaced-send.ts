import type { Calls } from '../calls';
import type { Caller, Commands } from './commands';
import type { ServiceName } from './service-error';
import type { Sessions } from './sessions';

/** What answers in the place of a service. */
export interface Replacement {
  calls: Calls;
  sessions: Sessions;
  commands: Commands;
}

/** The parts of an SDK's client that tell who calls, and from where. */
interface Client {
  config: {
    credentials?: () => Promise<{ sessionToken?: string }>;
    region?: () => Promise<string>;
    isCustomEndpoint?: boolean;
    translateConfig?: { marshallOptions?: { removeUndefinedValues?: boolean } };
  };
}

/** Services whose calls are made with the session of a member account; the others are called by a function's own role. */
export const memberServices: readonly ServiceName[] = [
  'EC2',
  'S3',
  'S3 Control',
  'SQS',
  'SNS',
  'ECR',
  'Secrets Manager',
  'KMS',
  'RDS',
  'SSM',
  'CloudTrail',
];

/**
 * Has every client of a class send its commands to a service in memory, but for those that were given an endpoint: a sandbox that
 * waits in the same process for its next test goes on asking its own gateway.
 * @returns ends that
 */
export function replaceSend(
  clientClass: { prototype: object },
  service: ServiceName,
  { calls, sessions, commands }: Replacement,
): () => void {
  const { prototype } = clientClass;
  const isOfMembers = memberServices.includes(service);
  const earlier = Object.getOwnPropertyDescriptor(prototype, 'send');
  const original: (this: Client, ...sent: unknown[]) => Promise<object> = Reflect.get(prototype, 'send');
  async function send(
    this: Client,
    command: { input: object; constructor: { name: string } },
    options: { abortSignal?: AbortSignal } = {},
  ): Promise<object> {
    if (this.config.isCustomEndpoint) return original.call(this, command, options);
    const name = command.constructor.name.slice(0, -'Command'.length);
    const caller = isOfMembers ? await memberCaller(this, sessions) : ownCaller(this);
    if (options.abortSignal?.aborted) throw calls.cut(service, name);
    const answer = await calls.make(service, name, command.input, () => {
      const perform = commands[name];
      if (!perform) throw new Error(`The in-memory ${service} does not know ${name}.`);
      return perform(command.input as never, caller);
    });
    return Object.assign({ $metadata: { httpStatusCode: 200, attempts: 1 } }, answer);
  }
  Object.defineProperty(prototype, 'send', { configurable: true, writable: true, value: send });
  return () => {
    if (earlier) Object.defineProperty(prototype, 'send', earlier);
    else Reflect.deleteProperty(prototype, 'send');
  };
}

function ownCaller({ config }: Client): Caller {
  const removeUndefined = config.translateConfig?.marshallOptions?.removeUndefinedValues === true;
  return { session: undefined, region: '', removeUndefined };
}

async function memberCaller({ config }: Client, sessions: Sessions): Promise<Caller> {
  const [credentials, region] = await Promise.all([config.credentials?.(), config.region?.()]);
  return {
    session: credentials && sessions.of(credentials),
    region: region ?? '',
    removeUndefined: false,
  };
}
