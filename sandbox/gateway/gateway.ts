import { EventLog } from '../events';
import { Failures } from '../failures';
import { RegionOptIns } from '../services/account/regions';
import { Roles } from '../services/iam/roles';
import { serviceNamed, services } from '../services/registry';
import { Access } from './access';
import { answerRequest } from './answering';
import {
  AccessDeniedError,
  type AccessRequest,
  type ApiAnswer,
  type ApiCall,
  type Credentials,
  type Decision,
  type Gateway,
  type Hosted,
  type OwnedService,
  type Principal,
  type Refusal,
} from './api';
import { parsePolicyOnce } from './authorization/policy-cache';
import { HostedPaths } from './hosted';
import { HttpServer } from './http-server';
import { roleSession, roleUserId } from './identity/role-session';
import { Sessions } from './identity/sessions';
import { Learned } from './learned';
import { MotoConnection } from './moto-connection';
import { Owners } from './owners';

/** What `startGateway` takes. */
export interface GatewayOptions {
  /** Where moto answers, for example `http://127.0.0.1:5000`. */
  motoEndpoint: string;
  /** Receives `denied`, `assumed`, `account-created` and `account-moved`. Default: one of its own. */
  events?: EventLog;
  /** Hears of what neither moto nor the sandbox handles. Default: one of its own. */
  failures?: Failures;
  /** Default: one that the kernel chooses. */
  port?: number;
  /** Milliseconds since the epoch; sessions expire by it. Default: the clock. */
  now?: () => number;
}

/** How long a service's session of a role lasts. Lambda renews a function's by itself; no run lasts so long. */
const serviceSessionSeconds = 12 * 3600;

/**
 * Starts the sandbox's front door on 127.0.0.1: it knows who calls, what is asked and whether it is allowed, has the
 * part of the sandbox answer that owns the call, and moto everything else.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const gateway = new FrontDoor(options);
  await gateway.listen(options.port ?? 0);
  return gateway;
}

class FrontDoor implements Gateway {
  private readonly learned = new Learned();
  private readonly access = new Access(this.learned);
  private readonly owners = new Owners();
  private readonly hosted = new HostedPaths();
  private readonly listeners = new Set<(call: ApiCall, answer: ApiAnswer) => void | Promise<void>>();
  private readonly refusalListeners = new Set<(call: ApiCall, refusal: Refusal) => void>();
  private readonly sessions: Sessions;
  private readonly moto: MotoConnection;
  private readonly server: HttpServer;
  private stopping = false;

  constructor({
    motoEndpoint,
    events = new EventLog(),
    failures = new Failures(),
    now = Date.now,
  }: GatewayOptions) {
    const { learned, access, owners, hosted, listeners, refusalListeners } = this;
    const sessions = new Sessions(now);
    const moto = new MotoConnection(motoEndpoint);
    this.sessions = sessions;
    this.moto = moto;
    this.server = new HttpServer((request) =>
      answerRequest(request, {
        learned,
        access,
        sessions,
        owners,
        hosted,
        now,
        moto,
        events,
        listeners,
        refusalListeners,
        // What breaks off because the gateway stops is no failure.
        reportFailure: (error) => {
          if (!this.stopping) failures.report(error);
        },
      }),
    );
    const trailOf = (service: string) => serviceNamed(service)?.trail;
    for (const { name, quirks } of services) {
      const standIn = quirks?.standIn?.({ learned, now, trailOf });
      if (standIn) this.own(name, standIn.answer, standIn.operations);
      if (standIn?.heard) this.afterCall(standIn.heard);
    }
  }

  get port(): number {
    return this.server.port;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  listen(port: number): Promise<void> {
    return this.server.listen(port);
  }

  own(service: string, handler: OwnedService, operations?: readonly string[]): void {
    this.owners.add(service, handler, operations);
  }

  host(path: string, hosted: Hosted): void {
    this.hosted.add(path, hosted);
  }

  afterCall(listener: (call: ApiCall, answer: ApiAnswer) => void | Promise<void>): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  afterRefusal(listener: (call: ApiCall, refusal: Refusal) => void): () => void {
    this.refusalListeners.add(listener);
    return () => this.refusalListeners.delete(listener);
  }

  administratorOf(accountId: string): Credentials {
    return this.sessions.administratorOf(accountId);
  }

  async serviceSession(
    servicePrincipal: string,
    roleArn: string,
    sessionName: string,
    sourceArn?: string,
  ): Promise<Credentials> {
    const role = this.learned.of(Roles).withArn(roleArn);
    if (!role) throw new AccessDeniedError(`The role ${roleArn} does not exist.`);
    const decision = this.authorize({
      principal: { kind: 'service', accountId: '', arn: servicePrincipal },
      action: 'sts:AssumeRole',
      resource: roleArn,
      resourceAccountId: role.accountId,
      context: {
        'aws:sourceaccount': role.accountId,
        ...(sourceArn !== undefined && { 'aws:sourcearn': sourceArn }),
      },
    });
    if (!decision.allowed) throw new AccessDeniedError(decision.reason);
    const userId = roleUserId(role, sessionName);
    const issued = this.sessions.issue(roleSession(role, sessionName), userId, serviceSessionSeconds);
    const { accessKeyId, secretAccessKey, sessionToken } = issued;
    return { accessKeyId, secretAccessKey, sessionToken };
  }

  administratorSession(accountId: string, roleName: string, sessionName: string): Credentials {
    const roleArn = `arn:aws:iam::${accountId}:role/${roleName}`;
    const arn = `arn:aws:sts::${accountId}:assumed-role/${roleName}/${sessionName}`;
    const { accessKeyId, secretAccessKey, sessionToken } = this.sessions.issue(
      { kind: 'role', accountId, arn, roleArn, administrator: true },
      `${roleName}:${sessionName}`,
      serviceSessionSeconds,
    );
    return { accessKeyId, secretAccessKey, sessionToken };
  }

  principalOf(accessKeyId: string): Principal | undefined {
    return this.sessions.principalOf(accessKeyId);
  }

  isRegionEnabled(accountId: string, region: string): boolean {
    return this.learned.of(RegionOptIns).isEnabled(accountId, region);
  }

  authorize(request: AccessRequest): Decision {
    return this.access.decide(request);
  }

  setResourcePolicy(resourceArn: string, policy: string | undefined): void {
    if (policy !== undefined) parsePolicyOnce(policy, 'resource');
    this.learned.setResourcePolicy(resourceArn, policy);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.server.stop();
    this.moto.close();
  }
}
