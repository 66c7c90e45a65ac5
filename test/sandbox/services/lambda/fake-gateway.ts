import {
  AccessDeniedError,
  type AccessRequest,
  type ApiAnswer,
  type ApiCall,
  type Gateway,
  type OwnedService,
  type Principal,
} from '../../../../sandbox/gateway/api';

/** A gateway without network: keeps what it is told, and allows what `allow` says. */
export interface FakeGateway extends Gateway {
  readonly owned: Map<string, OwnedService>;
  readonly policies: Map<string, string>;
  readonly asked: AccessRequest[];
  /** Decides every question; allows all by default. */
  allow(request: AccessRequest): boolean;
  /** Roles that no service may take. */
  readonly untrusted: Set<string>;
  /** Makes every session that was issued so far expire. */
  expireSessions(): void;
  /** Tells the listeners of `afterCall`. */
  observe(call: ApiCall): Promise<void>;
  /** Asks an owned service. */
  call(service: string, call: Partial<ApiCall>): Promise<ApiAnswer>;
}

/** A call with plausible fields, for the parts that a test does not care about. */
export function apiCall(parts: Partial<ApiCall>): ApiCall {
  return {
    service: 'lambda',
    operation: 'Invoke',
    region: 'eu-west-1',
    principal: { kind: 'account', accountId: '123456789012', arn: 'arn:aws:iam::123456789012:root' },
    accountId: '123456789012',
    parameters: {},
    method: 'POST',
    url: '/',
    headers: {},
    body: Buffer.alloc(0),
    ...parts,
  };
}

/** @param endpoint where SDK clients go, for example moto's own endpoint */
export function fakeGateway(endpoint = 'http://127.0.0.1:9'): FakeGateway {
  const sessions = new Map<string, Principal>();
  const listeners = new Set<Parameters<Gateway['afterCall']>[0]>();
  let issued = 0;
  const gateway: FakeGateway = {
    port: Number(new URL(endpoint).port),
    endpoint,
    owned: new Map(),
    policies: new Map(),
    asked: [],
    untrusted: new Set(),
    allow: () => true,
    own: (service, handler) => gateway.owned.set(service, handler),
    host: () => {},
    afterCall(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    isRegionEnabled: () => true,
    afterRefusal: () => () => {},
    administratorOf: (accountId) => ({ accessKeyId: accountId, secretAccessKey: 'test' }),
    administratorSession: (accountId) => ({ accessKeyId: accountId, secretAccessKey: 'test' }),
    serviceSession: async (_service, roleArn, sessionName) => {
      if (gateway.untrusted.has(roleArn))
        throw new AccessDeniedError(`${roleArn} does not trust the service`);
      issued += 1;
      const accessKeyId = `ASIA${issued}`;
      const accountId = roleArn.split(':')[4] ?? '';
      const roleName = roleArn.split('/').at(-1);
      const arn = `arn:aws:sts::${accountId}:assumed-role/${roleName}/${sessionName}`;
      sessions.set(accessKeyId, { kind: 'role', accountId, arn, roleArn });
      return { accessKeyId, secretAccessKey: 'secret', sessionToken: 'token' };
    },
    principalOf: (accessKeyId) => sessions.get(accessKeyId),
    authorize: (request) => {
      gateway.asked.push(request);
      const allowed = gateway.allow(request);
      return { allowed, reason: allowed ? 'the test allows it' : 'the test forbids it' };
    },
    setResourcePolicy: (arn, policy) => {
      if (policy === undefined) gateway.policies.delete(arn);
      else gateway.policies.set(arn, policy);
    },
    stop: async () => {},
    expireSessions: () => sessions.clear(),
    observe: async (call) => {
      for (const listener of listeners) await listener(call, { status: 200, headers: {}, body: '' });
    },
    call: async (service, call) => {
      const handler = gateway.owned.get(service);
      if (handler === undefined) throw new Error(`nobody owns ${service}`);
      return await handler(apiCall({ service, ...call }));
    },
  };
  return gateway;
}
